package io.bactrian.csv;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;

/**
 * One record of a chunk, looked at where it lies: a field costs nothing until it is asked for, and
 * text is made only by {@link #text}.
 *
 * <p>There is one view for all records of a chunk: {@link #next} moves it, and what was read from
 * it before must not be used after. Columns are numbered from 0; a column that the record does not
 * have is an {@link IndexOutOfBoundsException}. Not thread safe.
 */
public final class RecordView {
  private static final int NONE = Integer.MIN_VALUE;
  private static final byte[] NOTHING = new byte[Words.PADDING];
  private static final int FIRST_FIELDS = 32;
  private static final String DECIMAL = "a number such as 12 or -3.50";
  private static final String INTEGER = "a whole number such as 12";

  private final Path file;
  private final Dialect dialect;
  private final Charset charset;
  private final List<String> header;
  private final boolean hasTwins;
  private final int columns;
  private final ChunkWindow window;
  private final RecordFields fields;
  private final FieldBytes content;
  private final boolean shortNumbers;
  private final ByteSlice slice = new ByteSlice();
  private final Scaled number = new Scaled();
  private long ordinal;

  /**
   * A view before the first record of the window's bytes.
   *
   * @param header the columns' names; empty when there is none
   * @param checked whether a record must have as many fields as the header
   */
  RecordView(Path file, Dialect dialect, List<String> header, boolean checked, ChunkWindow window) {
    this.file = file;
    this.dialect = dialect;
    this.charset = dialect.charset();
    this.header = header;
    this.hasTwins = new HashSet<>(header).size() < header.size();
    this.columns = checked && dialect.header() ? header.size() : NONE;
    this.window = window;
    this.fields = RecordFields.of(dialect, FIRST_FIELDS);
    this.content = new FieldBytes(dialect);
    this.shortNumbers = content.leavesShortNumbers();
  }

  /** Goes to where the window begins. */
  void begin(long firstOrdinal) {
    ordinal = firstOrdinal - 1;
    fields.bytes(window.bytes(), 0, window.limit(), window.isLast());
  }

  /** No record follows, and the present one is gone: others use the bytes. */
  void end() {
    fields.bytes(NOTHING, 0, 0, true);
  }

  /**
   * Moves to the next record.
   *
   * @return false when the chunk has no more
   * @throws CsvException if the record is not in the dialect, is no text in the charset, or has
   *     another number of fields than the header has columns
   */
  public boolean next() {
    int found = fields.next();
    if (found < 0) {
      found = more(found);
      if (found < 0) {
        return false;
      }
    }
    ordinal++;
    if (window.malformed() != Long.MAX_VALUE) {
      checkText();
    }
    if (found != columns && columns != NONE) {
      throw BadRecord.ragged(file, ordinal, offset(), found, header);
    }
    return true;
  }

  private int more(int answer) {
    int found = answer;
    try {
      while (found == RecordFields.MORE) {
        int keep = fields.nextStart();
        window.more(keep);
        fields.bytes(window.bytes(), 0, window.limit(), window.isLast());
        found = fields.next();
      }
    } catch (IOException e) {
      throw new CsvReadException(file, e);
    }
    if (found == RecordFields.BROKEN) {
      throw CsvException.at(
          file,
          ordinal + 1,
          window.start() + fields.nextStart(),
          "the record's quotes are not in the dialect any more; allowed: the planned file");
    }
    return found;
  }

  private void checkText() {
    if (window.malformed() < offset()) {
      window.checkTextAgain(fields.recordStart()); // what is malformed in a comment is no matter
    }
    if (window.malformed() < window.start() + fields.nextStart()) {
      throw MalformedText.in(file, dialect, ordinal, offset(), raw());
    }
  }

  /** Ordinal of the record in its file, from 1. */
  public long ordinal() {
    return ordinal;
  }

  /** Byte offset of the record in its file. */
  public long offset() {
    return window.start() + fields.recordStart();
  }

  /** Bytes of the record, its line end included. */
  public int length() {
    return fields.nextStart() - fields.recordStart();
  }

  /** How many fields the record has. */
  public int fieldCount() {
    return fields.count();
  }

  /**
   * The column of a name.
   *
   * @throws IllegalArgumentException if the header has no such name
   * @throws CsvException if the name stands twice there
   */
  public int column(String name) {
    int column = header.indexOf(name);
    if (hasTwins && column != header.lastIndexOf(name)) {
      throw CsvException.ambiguous(file, name, header);
    }
    if (column < 0) {
      throw new IllegalArgumentException(
          "%s has no column %s; found: %s".formatted(file, name, String.join(", ", header)));
    }
    return column;
  }

  /** A field as text, unquoted. */
  public String text(int column) {
    return content(column).text(charset);
  }

  /** A field as text, unquoted. */
  public String text(String name) {
    return text(column(name));
  }

  /** The content of a field as bytes, unquoted; without a copy unless quotes stand inside. */
  public void slice(int column, ByteSlice into) {
    content.content(fields.bytes, fields.start(column), fields.end(column), into);
  }

  private ByteSlice content(int column) {
    slice(column, slice);
    return slice;
  }

  /** A copy of a field's bytes as they stand in the file, quotes included. */
  public byte[] raw(int column) {
    return Arrays.copyOfRange(window.bytes(), fields.start(column), fields.end(column));
  }

  /** A copy of the record's bytes as they stand in the file, line end included. */
  public byte[] raw() {
    return Arrays.copyOfRange(window.bytes(), fields.recordStart(), fields.nextStart());
  }

  /**
   * Reads a field as an exact decimal: optional sign, digits, optional {@code .digits}, blanks
   * around.
   *
   * @throws CsvException if it is none, naming file, record, byte, column and what was found
   */
  public void decimal(int column, Scaled into) {
    int from = fields.start(column);
    int to = fields.end(column);
    if (!(shortNumbers && NumberBytes.shortDecimal(fields.bytes, from, to, into))
        && !NumberBytes.decimal(content(column), into)) {
      throw bad(column, DECIMAL);
    }
  }

  /** A field as an exact decimal. */
  public BigDecimal decimal(int column) {
    decimal(column, number);
    return number.toBigDecimal();
  }

  /**
   * Reads a field as a whole number of any size.
   *
   * @throws CsvException if it is none
   */
  public void integer(int column, Scaled into) {
    int from = fields.start(column);
    int to = fields.end(column);
    if (!(shortNumbers && NumberBytes.shortInteger(fields.bytes, from, to, into))
        && !NumberBytes.integer(content(column), into)) {
      throw bad(column, INTEGER);
    }
  }

  /**
   * A field as a whole number.
   *
   * @throws CsvException if it is none or has more than 18 digits
   */
  public long integer(int column) {
    integer(column, number);
    if (number.isBig()) {
      throw bad(column, INTEGER + " of at most 18 digits");
    }
    return number.unscaled();
  }

  /**
   * The error of a record that its handler cannot use: with {@code on_bad_row: reject} the record
   * is set aside, else the step fails.
   *
   * @param problem what was found in it, and what is allowed
   */
  public BadRecord bad(String problem) {
    return new BadRecord(file, ordinal, offset(), problem);
  }

  private BadRecord bad(int column, String allowed) {
    String name = column < header.size() ? header.get(column) : "column_" + (column + 1);
    return BadRecord.field(file, ordinal, offset(), name, "'" + text(column) + "'", allowed);
  }
}
