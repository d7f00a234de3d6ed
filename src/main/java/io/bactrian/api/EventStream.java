package io.bactrian.api;

import io.bactrian.json.Json;
import io.bactrian.task.EventFeed;
import io.bactrian.task.Page;
import io.bactrian.task.TaskEvent;
import io.bactrian.task.TaskOverview;
import io.bactrian.task.TaskPages;
import io.bactrian.task.TaskQuery;
import io.bactrian.task.TaskState;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads what happens and tells it to who listens on {@code /v1/events}: every change of a task's
 * state, at least once and in order, and the progress of running tasks, as it is. One thread; it
 * reads nothing while nobody listens.
 */
public final class EventStream implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(EventStream.class);
  private static final long EVERY_MILLIS = 500;
  private static final int MOST_LISTENERS = 200;
  private static final int MOST_EVENTS = 500;
  private static final int MOST_RUNNING = 50;

  private final EventFeed feed;
  private final TaskPages pages;
  private final Set<Listener> listeners = ConcurrentHashMap.newKeySet();
  private final Map<String, String> lastProgress = new HashMap<>();
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            var made = new Thread(work, "bactrian-events");
            made.setDaemon(true);
            return made;
          });

  /**
   * @param feed the changes of tasks' states
   * @param pages reads running tasks
   */
  public EventStream(EventFeed feed, TaskPages pages) {
    this.feed = feed;
    this.pages = pages;
    thread.scheduleWithFixedDelay(this::quietly, EVERY_MILLIS, EVERY_MILLIS, TimeUnit.MILLISECONDS);
  }

  /** Someone who listens; called on the one thread. */
  interface Listener {
    /** After which event they want to hear. */
    TaskEvent.Position position();

    /** Whether they take more just now. */
    boolean isReady();

    /** Tells an event, and moves the position on even if it is not for them. */
    void tell(TaskEvent event, String data);

    /** Tells the progress of a task. */
    void tell(TaskOverview running, String data);

    /** Nothing was told in this round. */
    void rest();
  }

  /** Where somebody begins who has heard nothing yet. */
  TaskEvent.Position now() {
    return feed.now();
  }

  /**
   * @throws Refusal 503 when too many listen
   */
  void add(Listener listener) {
    if (listeners.size() >= MOST_LISTENERS) {
      throw Problems.busy("%d clients listen already".formatted(MOST_LISTENERS));
    }
    listeners.add(listener);
  }

  void remove(Listener listener) {
    listeners.remove(listener);
  }

  private void quietly() {
    try {
      round();
    } catch (RuntimeException e) {
      log.warn("events cannot be read: {}", e.getMessage());
    }
  }

  private void round() {
    List<Listener> ready = listeners.stream().filter(Listener::isReady).toList();
    if (ready.isEmpty()) {
      return;
    }
    Map<TaskEvent.Position, List<TaskEvent>> read = new HashMap<>();
    for (Listener listener : ready) {
      for (TaskEvent event :
          read.computeIfAbsent(listener.position(), p -> feed.after(p, MOST_EVENTS))) {
        listener.tell(event, Json.write(event.toMap()));
      }
    }
    tellProgress(ready);
    ready.forEach(Listener::rest);
  }

  private void tellProgress(List<Listener> ready) {
    var running =
        new TaskQuery(
            Optional.of(TaskState.STEPS_IN_PROCESS),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    Map<String, String> now = new HashMap<>();
    for (TaskOverview task : pages.tasks(running, new Page.Cut(1, MOST_RUNNING)).items()) {
      String data = Json.write(TaskJson.progress(task));
      String uuid = task.task().uuid().toString();
      if (!data.equals(lastProgress.get(uuid))) {
        ready.forEach(listener -> listener.tell(task, data));
      }
      now.put(uuid, data);
    }
    lastProgress.clear();
    lastProgress.putAll(now);
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
