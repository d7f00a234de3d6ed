package io.bactrian.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What becomes of a pass when one of its threads fails, or when it is interrupted. */
final class PlanThreadsTest {
  private static final int BLOCK = 3;
  private static final long SECOND_WINDOW = 4096 * BLOCK;
  private static final byte[] BYTES =
      IntStream.range(0, 3_000)
          .mapToObj("%1$d,\"x\n%1$d\"\n"::formatted)
          .collect(Collectors.joining())
          .getBytes(StandardCharsets.US_ASCII);

  @Test
  void aReadErrorOfAHelperIsThrown() {
    MemoryChannel.Reads failing =
        position -> {
          throw new IOException("the disk is gone");
        };

    assertThatThrownBy(() -> passWhoseHelpersFail(failing, 0).run())
        .isInstanceOf(IOException.class)
        .hasMessage("the disk is gone");
    assertThatThrownBy(() -> passWhoseHelpersFail(failing, SECOND_WINDOW).run())
        .as("in the second window, where blocks of the first could be taken for its own")
        .isInstanceOf(IOException.class)
        .hasMessage("the disk is gone");
  }

  @Test
  void soIsWhatAHelperSaysOfTheFile() {
    MemoryChannel.Reads failing =
        position -> {
          throw new CsvException("input changed");
        };

    assertThatThrownBy(() -> passWhoseHelpersFail(failing, 0).run())
        .isInstanceOf(CsvException.class)
        .hasMessage("input changed");
  }

  @Test
  void soIsAnErrorOfTheVirtualMachine() {
    MemoryChannel.Reads failing =
        position -> {
          throw new OutOfMemoryError("no room for a block");
        };

    assertThatThrownBy(() -> passWhoseHelpersFail(failing, 0).run())
        .isInstanceOf(OutOfMemoryError.class)
        .hasMessage("no room for a block");
  }

  @Test
  void anInterruptionIsKeptUntilTheHelpersAreThrough() throws Exception {
    var held = new CountDownLatch(1);
    var release = new CountDownLatch(1);
    BlockPass pass =
        pass(
            2,
            position -> {
              if (helps()) {
                held.countDown();
                SharedReads.await(release);
              } else {
                SharedReads.await(held);
              }
            });
    var interrupted =
        new FutureTask<>(
            () -> {
              pass.run();
              return Thread.currentThread().isInterrupted();
            });
    var planner = new Thread(interrupted, "planner");
    planner.setDaemon(true);
    planner.start();

    await().until(() -> waitsForHelpers(planner));
    planner.interrupt();
    await("it has noticed").until(() -> !planner.isInterrupted());
    release.countDown();

    assertThat(interrupted.get(30, TimeUnit.SECONDS)).as("interrupted after the pass").isTrue();
    BlockPass alone = pass(1, position -> {});
    alone.run();
    assertThat(pass.records()).isEqualTo(alone.records());
    assertThat(pass.index()).isEqualTo(alone.index());
    assertThat(pass.checksums()).isEqualTo(alone.checksums());
  }

  /** Its own thread waits with a block in hand until a helper has failed. */
  private static BlockPass passWhoseHelpersFail(MemoryChannel.Reads failing, long from) {
    var failed = new CountDownLatch(1);
    return pass(
        3,
        position -> {
          if (position < from) {
            return;
          }
          if (helps()) {
            failed.countDown();
            failing.before(position);
          }
          SharedReads.await(failed);
        });
  }

  private static BlockPass pass(int threads, MemoryChannel.Reads reads) {
    var channel = new MemoryChannel(BYTES, reads);
    var source =
        new BlockPass.Source(Path.of("bytes.csv"), channel, Dialect.rfc4180(), 0, BYTES.length);
    return new BlockPass(source, BLOCK, threads);
  }

  private static boolean helps() {
    return Thread.currentThread().getName().startsWith("plan-");
  }

  private static boolean waitsForHelpers(Thread planner) {
    return Arrays.stream(planner.getStackTrace())
        .anyMatch(
            frame ->
                frame.getClassName().equals(PlanThreads.class.getName())
                    && frame.getMethodName().equals("join"));
  }
}
