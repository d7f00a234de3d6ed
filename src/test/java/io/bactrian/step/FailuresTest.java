package io.bactrian.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.bactrian.csv.CsvException;
import io.bactrian.csv.Dialect;
import io.bactrian.csv.Planner;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.camel.RuntimeCamelException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which failures are tried again, also when Camel has wrapped them. */
final class FailuresTest {
  @TempDir private Path folder;

  @Test
  void whatTheInputIsIsForGood() {
    var failure = new RuntimeCamelException(new CsvException("record 3 is ragged"));

    assertThat(Failures.describe(failure))
        .isEqualTo(new StepError("CsvException", "record 3 is ragged", false));
  }

  @Test
  void aFileSystemThatFailsIsTriedAgainAndNamed() throws Exception {
    Path loop = folder.resolve("loop");
    Files.createSymbolicLink(loop, loop);

    Throwable failure = catchThrowable(() -> Planner.plan(loop, Dialect.rfc4180()));
    StepError told = Failures.describe(new RuntimeCamelException(failure));

    assertThat(told.type()).isEqualTo("CsvReadException");
    assertThat(told.message()).startsWith(loop + " cannot be read: Too many levels");
    assertThat(told.retryable()).isTrue();
  }
}
