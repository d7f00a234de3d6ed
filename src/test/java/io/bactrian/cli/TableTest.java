package io.bactrian.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TableTest {
  private static final String UUID = "0f3c2a9e-6f5b-4a0a-9c5e-5a3f1f0a7c11";
  private static final String TEMPLATE = "csv_processing/csv_product_inventory_analyzer@1.0.0";

  private static String printed(int columns, boolean coloured) {
    var text = new StringWriter();
    new Table()
        .column("TASK", Table.Kind.WHOLE)
        .column("STATUS", Table.Kind.STATE)
        .column("STEPS", Table.Kind.LEFT_OUT)
        .column("CREATED", Table.Kind.LEFT_OUT_FIRST)
        .column("TEMPLATE", Table.Kind.CUT)
        .row(UUID, "complete", "7/7", "2026-11-25T20:43:43Z", TEMPLATE)
        .row(UUID, "blocked_by_failures", "10001/10003", "2026-11-25T20:43:43Z", TEMPLATE)
        .print(new Screen(new PrintWriter(text), new Terminal(true, columns, 24), coloured));
    return text.toString();
  }

  @ParameterizedTest
  @ValueSource(ints = {80, 100, 120, 132, 160, 500})
  void noLineIsWiderThanTheTerminalAndNoUuidIsCut(int columns) {
    assertThat(printed(columns, false).lines())
        .hasSize(3)
        .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(columns))
        .filteredOn(line -> !line.startsWith("TASK"))
        .allSatisfy(line -> assertThat(line).startsWith(UUID));
  }

  @Test
  void whereThereIsRoomEverythingIsShown() {
    assertThat(printed(160, false)).contains("10001/10003", "2026-11-25T20:43:43Z", TEMPLATE);
    assertThat(printed(80, false)).contains("TEMPLATE", "csv_processi").doesNotContain("CREATED");
  }

  @Test
  void coloursTakeNoRoom() {
    String plain = printed(80, false);

    assertThat(printed(80, true).replaceAll("\033\\[[0-9]*m", "")).isEqualTo(plain);
    assertThat(printed(80, true)).contains("\033[31mblocked_by_failures\033[0m");
    assertThat(plain).doesNotContain("\033");
  }

  @ParameterizedTest
  @CsvSource({"'50 132\n', 132, 50", "'0 0', 80, 24", "'', 80, 24", "'24 20', 40, 24"})
  void aTerminalIsAsWideAsItSaysElseEighty(String stty, int columns, int rows) {
    assertThat(Terminal.sized(stty)).isEqualTo(new Terminal(true, columns, rows));
  }

  @Test
  void coloursAreOffWithoutATerminalAndWhenSomebodySaysSo() {
    assertThat(Colour.auto.isOn(false)).isFalse();
    assertThat(Colour.never.isOn(true)).isFalse();
    assertThat(Colour.always.isOn(false)).isTrue();
  }
}
