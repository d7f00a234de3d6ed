package io.bactrian.bench;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.nio.file.Path;

/** FastCSV, one thread, records by column name. */
final class FastCsv implements Peer {

  @Override
  public Figures run(Path file, long records) throws IOException {
    var totals = new Totals();
    try (CsvReader<NamedCsvRecord> reader = CsvReader.builder().ofNamedCsvRecord(file)) {
      for (NamedCsvRecord product : reader) {
        totals.add(
            product.getField("title"),
            product.getField("category"),
            product.getField("price"),
            product.getField("rating"),
            product.getField("stock"));
      }
    }
    return totals.figures();
  }
}
