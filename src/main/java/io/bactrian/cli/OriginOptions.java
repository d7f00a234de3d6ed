package io.bactrian.cli;

import io.bactrian.task.OnDuplicate;
import io.bactrian.task.Origin;
import io.bactrian.task.SubmitOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Who submits, why, how urgently, and whether it is the same as before. */
final class OriginOptions {
  @Option(
      names = "--priority",
      paramLabel = "N",
      description = "-1000 to 1000; each level doubles the task's share. Default: 0")
  private int priority;

  @Option(names = "--tag", paramLabel = "WORD", description = "A word to find the task by.")
  private List<String> tags = new ArrayList<>();

  @Option(
      names = "--idempotency-key",
      paramLabel = "KEY",
      description = "Submissions with one key are one task.")
  private @Nullable String idempotencyKey;

  @Option(
      names = "--on-duplicate",
      paramLabel = "POLICY",
      description =
          "If the task exists: return-existing, reject, rerun-if-failed. Default: return-existing")
  private String onDuplicate = OnDuplicate.RETURN_EXISTING.word();

  @Option(names = "--correlation-id", paramLabel = "ID", description = "What you call the task.")
  private @Nullable String correlationId;

  @Option(
      names = "--parent-correlation-id",
      paramLabel = "ID",
      description = "What you call the work it belongs to.")
  private @Nullable String parentCorrelationId;

  @Option(
      names = "--initiator",
      paramLabel = "NAME",
      description = "Who submits. Default: the user of this process")
  private String initiator = System.getProperty("user.name", "unknown");

  @Option(names = "--reason", paramLabel = "TEXT", description = "Why the task is submitted.")
  private String reason = "";

  /**
   * The options together.
   *
   * @throws IllegalArgumentException naming what is allowed
   */
  SubmitOptions read() {
    return new SubmitOptions(
        Optional.ofNullable(idempotencyKey),
        OnDuplicate.of(onDuplicate),
        priority,
        tags,
        new Origin(
            initiator,
            reason,
            Optional.ofNullable(correlationId),
            Optional.ofNullable(parentCorrelationId)));
  }
}
