package io.bactrian.api;

import io.bactrian.access.Principal;
import io.bactrian.task.TaskEvent;
import io.bactrian.task.TaskOverview;
import io.vertx.core.Context;
import io.vertx.core.http.HttpServerResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One client of {@code /v1/events}. It ends after {@value #LASTS_MINUTES} minutes: clients come
 * back with the id of the last event, and with a key that is still good.
 */
final class EventConnection implements EventStream.Listener {
  private static final int LASTS_MINUTES = 10;
  private static final long LASTS_NANOS = Duration.ofMinutes(LASTS_MINUTES).toNanos();
  private static final long SILENT_NANOS = Duration.ofSeconds(15).toNanos();
  private static final Pattern ID = Pattern.compile("([0-9]{1,18})-([0-9]{1,18})");

  private final HttpServerResponse response;
  private final Context context;
  private final Principal principal;
  private final Optional<UUID> task;
  private final long began = System.nanoTime();
  private long spoke = began;
  private TaskEvent.Position position;

  /**
   * @param response where to write
   * @param context the thread that writes
   * @param request who listens, and to which task
   * @param position after which event
   */
  EventConnection(
      HttpServerResponse response, Context context, Request request, TaskEvent.Position position) {
    this.response = response;
    this.context = context;
    this.principal = request.principal();
    this.task = request.asked("task_uuid").map(UUID::fromString);
    this.position = position;
  }

  /**
   * Reads the id of the last event that a client has heard.
   *
   * @throws Refusal when it is none
   */
  static TaskEvent.Position position(String id) {
    Matcher found = ID.matcher(id);
    if (!found.matches()) {
      throw Refusal.invalid("Last-Event-ID is '%s'; allowed: the id of an event".formatted(id));
    }
    return new TaskEvent.Position(Long.parseLong(found.group(1)), Long.parseLong(found.group(2)));
  }

  @Override
  public TaskEvent.Position position() {
    return position;
  }

  @Override
  public boolean isReady() {
    return !response.ended() && !response.writeQueueFull();
  }

  @Override
  public void tell(TaskEvent event, String data) {
    position = event.position();
    if (principal.mayUse(event.namespace()) && task.map(event.task()::equals).orElse(true)) {
      write(
          "id: %d-%d\nevent: transition\ndata: %s\n\n"
              .formatted(position.transaction(), position.row(), data));
    }
  }

  @Override
  public void tell(TaskOverview running, String data) {
    if (principal.mayUse(running.task().namespace())
        && task.map(running.task().uuid()::equals).orElse(true)) {
      write("event: progress\ndata: %s\n\n".formatted(data));
    }
  }

  @Override
  public void rest() {
    long now = System.nanoTime();
    if (now - began > LASTS_NANOS) {
      context.runOnContext(
          none -> {
            if (!response.ended()) {
              response.end();
            }
          });
    } else if (now - spoke > SILENT_NANOS) {
      write(": still here\n\n");
    }
  }

  private void write(String text) {
    spoke = System.nanoTime();
    context.runOnContext(
        none -> {
          if (!response.ended() && !response.closed()) {
            response.write(text);
          }
        });
  }
}
