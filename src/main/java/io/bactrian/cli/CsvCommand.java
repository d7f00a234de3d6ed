package io.bactrian.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import io.bactrian.csv.CsvFile;
import io.bactrian.csv.CsvRecord;
import io.bactrian.json.Json;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code csv}: prints records, one JSON array of strings a line. */
@Command(
    description = "Prints records of a delimited file, one JSON array a line.",
    mixinStandardHelpOptions = true)
final class CsvCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "FILE", description = "The file.")
  private Path file;

  @Option(names = "--from", paramLabel = "N", description = "First record; 0 is the header.")
  private long from;

  @Option(names = "--to", paramLabel = "M", description = "Record after the last.")
  private long to = Long.MAX_VALUE;

  @Mixin private DialectOptions dialect = new DialectOptions();

  @Override
  public Integer call() throws IOException {
    if (from < 0 || to < from) {
      throw new ParameterException(
          spec.commandLine(),
          "--from is %d, --to is %d; allowed: ordinals of records, 0 and more, --to not before --from"
              .formatted(from, to));
    }
    // Not System.out: a long file ends with the first piece that cannot be written.
    var stdout = new StandardOutput();
    Writer out = new BufferedWriter(new OutputStreamWriter(stdout, StandardCharsets.UTF_8));
    JsonGenerator json = Json.MAPPER.createGenerator(out);
    json.setRootValueSeparator(null);
    json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
    try {
      print(json);
    } catch (UncheckedIOException e) {
      if (!stdout.isReaderGone()) {
        throw e;
      }
    }
    return ExitCode.COMPLETE;
  }

  private void print(JsonGenerator json) {
    try {
      CsvFile.forEach(file, dialect.dialect(), from, to, csvRecord -> print(json, csvRecord));
    } finally {
      flush(json);
    }
  }

  private static void print(JsonGenerator json, CsvRecord csvRecord) {
    try {
      json.writeStartArray();
      for (String field : csvRecord.fields()) {
        json.writeString(field);
      }
      json.writeEndArray();
      json.writeRaw('\n');
    } catch (IOException e) {
      throw unwritten(e);
    }
  }

  private static void flush(JsonGenerator json) {
    try {
      json.flush();
    } catch (IOException e) {
      throw unwritten(e);
    }
  }

  private static UncheckedIOException unwritten(IOException e) {
    return new UncheckedIOException(StandardOutput.unwritten(e), e);
  }
}
