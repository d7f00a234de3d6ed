package io.bactrian.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Rows under headings, as wide as there is room: a column that may be cut is cut first, then those
 * that can be done without are left out. One that may be neither, such as a UUID, stays whole.
 */
final class Table {
  private static final String GAP = "  ";
  private static final int SHORTEST = 12;

  private final List<Column> columns = new ArrayList<>();
  private final List<List<String>> rows = new ArrayList<>();

  private record Column(String heading, Kind kind) {}

  /** What may be done to a column where there is no room. */
  enum Kind {
    WHOLE,
    STATE,
    CUT,
    LEFT_OUT,
    LEFT_OUT_FIRST
  }

  Table column(String heading, Kind kind) {
    columns.add(new Column(heading, kind));
    return this;
  }

  Table row(Object... cells) {
    var row = new ArrayList<String>();
    for (Object cell : cells) {
      row.add(String.valueOf(cell).replaceAll("\\s+", " "));
    }
    rows.add(row);
    return this;
  }

  void print(Screen screen) {
    int[] widths = widths(screen.terminal().columns());
    screen
        .out()
        .println(line(widths, columns.stream().map(Column::heading).toList(), Optional.empty()));
    for (List<String> row : rows) {
      screen.out().println(line(widths, row, Optional.of(screen)));
    }
    screen.out().flush();
  }

  /** The width of each column; 0 = left out. */
  private int[] widths(int room) {
    int[] widths = new int[columns.size()];
    for (int i = 0; i < widths.length; i++) {
      int column = i;
      int longest = rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
      widths[i] = Math.max(longest, columns.get(i).heading().length());
    }
    shrink(widths, room);
    for (Kind kind : List.of(Kind.LEFT_OUT_FIRST, Kind.LEFT_OUT)) {
      for (int i = widths.length - 1; i >= 0 && total(widths) > room; i--) {
        widths[i] = columns.get(i).kind() == kind ? 0 : widths[i];
      }
    }
    grow(widths, room);
    return widths;
  }

  /** What may be cut gives way. */
  private void shrink(int[] widths, int room) {
    for (int i = 0; i < widths.length; i++) {
      if (columns.get(i).kind() == Kind.CUT) {
        int over = Math.max(0, total(widths) - room);
        widths[i] = Math.max(Math.min(widths[i], SHORTEST), widths[i] - over);
      }
    }
  }

  /** What was cut gets back what those left out have left. */
  private void grow(int[] widths, int room) {
    for (int i = 0; i < widths.length; i++) {
      if (columns.get(i).kind() == Kind.CUT) {
        int column = i;
        int longest = rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
        int free = Math.max(0, room - total(widths));
        widths[i] = Math.max(widths[i], Math.min(longest, widths[i] + free));
      }
    }
  }

  private static int total(int[] widths) {
    int total = 0;
    for (int width : widths) {
      total += width == 0 ? 0 : width + GAP.length();
    }
    return total - GAP.length();
  }

  private String line(int[] widths, List<String> cells, Optional<Screen> screen) {
    var line = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      if (widths[i] > 0) {
        String cell = cut(cells.get(i), widths[i]);
        String shown =
            columns.get(i).kind() == Kind.STATE && screen.isPresent()
                ? screen.get().paint(cells.get(i), cell)
                : cell;
        line.append(shown).append(" ".repeat(widths[i] - cell.length())).append(GAP);
      }
    }
    return line.toString().stripTrailing();
  }

  /** The beginning of a text that is too long, and a sign that there is more. */
  static String cut(String text, int width) {
    return text.length() <= width ? text : text.substring(0, Math.max(0, width - 1)) + "…";
  }
}
