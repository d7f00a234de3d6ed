package io.bactrian.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** commons-csv, the parser behind camel-csv, one thread. */
final class CommonsCsv implements Peer {
  static final CSVFormat FORMAT =
      CSVFormat.RFC4180.builder().setHeader().setSkipHeaderRecord(true).get();

  @Override
  public Figures run(Path file, long records) throws IOException {
    var totals = new Totals();
    try (BufferedReader reader = Files.newBufferedReader(file);
        CSVParser parser = FORMAT.parse(reader)) {
      for (CSVRecord product : parser) {
        add(totals, product);
      }
    }
    return totals.figures();
  }

  static void add(Totals totals, CSVRecord product) {
    totals.add(
        product.get("title"),
        product.get("category"),
        product.get("price"),
        product.get("rating"),
        product.get("stock"));
  }
}
