package io.bactrian.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * The plan that re-reads: one pass counts the records, then five workers each read the file from
 * the top and pass over what is not theirs; two at a time.
 */
final class ReRead implements Peer {
  private static final int WORKERS = 5;

  @Override
  public Figures run(Path file, long records) throws Exception {
    long counted = count(file);
    ExecutorService threads = Executors.newFixedThreadPool(Peers.THREADS);
    try {
      var totals = new Totals();
      for (Future<Totals> part : threads.invokeAll(workers(file, counted))) {
        totals.addAll(part.get());
      }
      return totals.figures();
    } finally {
      threads.shutdownNow();
    }
  }

  private static List<Callable<Totals>> workers(Path file, long records) {
    var workers = new ArrayList<Callable<Totals>>();
    long size = (records + WORKERS - 1) / WORKERS;
    for (long from = 1; from <= records; from += size) {
      long first = from;
      workers.add(() -> range(file, first, first + size));
    }
    return workers;
  }

  private static long count(Path file) throws IOException {
    try (BufferedReader reader = Files.newBufferedReader(file);
        CSVParser parser = CommonsCsv.FORMAT.parse(reader)) {
      return parser.stream().count();
    }
  }

  private static Totals range(Path file, long from, long to) throws IOException {
    var totals = new Totals();
    try (BufferedReader reader = Files.newBufferedReader(file);
        CSVParser parser = CommonsCsv.FORMAT.parse(reader)) {
      for (CSVRecord product : parser) {
        if (product.getRecordNumber() >= to) {
          break;
        }
        if (product.getRecordNumber() >= from) {
          CommonsCsv.add(totals, product);
        }
      }
    }
    return totals;
  }
}
