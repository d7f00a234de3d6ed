package io.bactrian.node;

import io.bactrian.step.Leases;
import io.bactrian.step.StepRunner;
import io.bactrian.store.NodeTable;
import io.bactrian.task.TaskBook;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One running process: it claims steps, keeps their leases, rescues those of others, and drains.
 */
public final class Node implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Node.class);
  private static final long DRAIN_SECONDS = 60;

  private final UUID uuid;
  private final NodeSettings settings;
  private final Parts parts;
  private final Claimer claimer;
  private final LeaseKeeper keeper;
  private final AtomicBoolean closed = new AtomicBoolean();
  private final ScheduledExecutorService housekeeping =
      Executors.newScheduledThreadPool(
          2,
          task -> {
            var thread = new Thread(task, "bactrian-housekeeping");
            thread.setDaemon(true);
            return thread;
          });

  /**
   * What a node works with.
   *
   * @param leases who may run what
   * @param tasks due retries and time limits
   * @param nodes heartbeats
   * @param runner runs the steps
   * @param wakeUp wakes other nodes
   * @param watcher looks after tasks on which nothing happens
   */
  public record Parts(
      Leases leases,
      TaskBook tasks,
      NodeTable nodes,
      StepRunner runner,
      WakeUp wakeUp,
      Watcher watcher) {}

  public Node(UUID uuid, NodeSettings settings, Parts parts) {
    this.uuid = uuid;
    this.settings = settings;
    this.parts = parts;
    this.claimer =
        new Claimer(uuid, settings, parts.leases(), parts.runner(), parts.wakeUp()::call);
    this.keeper = new LeaseKeeper(uuid, settings, parts.leases(), parts.nodes(), parts.runner());
  }

  /**
   * Begins to work.
   *
   * @param deadSiblings nodes of this home whose processes are gone: what they had is free at once
   */
  public void start(Collection<UUID> deadSiblings) {
    parts
        .nodes()
        .register(
            uuid,
            new NodeTable.Presence(
                host(), ProcessHandle.current().pid(), settings.slots(), settings.ownTasksOnly()),
            settings.leaseTtl());
    deadSiblings.forEach(parts.nodes()::bury);
    int rescued = parts.leases().reclaimFrom(List.copyOf(deadSiblings));
    if (rescued > 0) {
      log.info("node={} rescued={} steps of dead processes", uuid, rescued);
    }
    long third = Math.max(settings.leaseTtl().toMillis() / 3, 1);
    long poll = settings.poll().toMillis();
    var sweeper = new Sweeper(parts.leases(), parts.tasks(), claimer::wake);
    housekeeping.scheduleWithFixedDelay(
        () -> quietly("keep leases", keeper), third, third, TimeUnit.MILLISECONDS);
    housekeeping.scheduleWithFixedDelay(
        () -> quietly("sweep", sweeper), poll, poll, TimeUnit.MILLISECONDS);
    housekeeping.scheduleWithFixedDelay(
        () -> quietly("look after tasks", () -> parts.watcher().look(claimer::wake)),
        poll * Watcher.POLLS,
        poll * Watcher.POLLS,
        TimeUnit.MILLISECONDS);
    claimer.start();
    log.info("node={} started slots={}", uuid, settings.slots());
  }

  private void quietly(String what, Runnable work) {
    try {
      work.run();
    } catch (RuntimeException | Error e) { // what is thrown here would end the schedule
      log.warn("node={} cannot {}: {}", uuid, what, e.getMessage());
    }
  }

  public UUID uuid() {
    return uuid;
  }

  /** How the node is; quick, from memory. */
  public Vitals vitals() {
    return new Vitals(
        closed.get(),
        claimer.isClaiming(),
        keeper.sinceBeat().compareTo(settings.leaseTtl()) <= 0,
        keeper.sinceBeat(),
        settings.slots(),
        parts.runner().busy());
  }

  /** Looks for work now: somebody made steps ready. */
  public void wake() {
    claimer.wake();
  }

  /** Works for this task from now on, if the node works for its own tasks only. */
  public void workFor(UUID task) {
    claimer.workFor(task);
  }

  /** Ranges end after their present chunk, nothing more is claimed, all leases are given back. */
  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    parts.runner().drain();
    boolean quiet = claimer.stop(DRAIN_SECONDS);
    quietly("give leases back", () -> parts.leases().reclaimFrom(List.of(uuid)));
    housekeeping.shutdownNow();
    parts.wakeUp().close();
    quietly("sign off", () -> parts.nodes().bury(uuid));
    log.info("node={} stopped drained={}", uuid, quiet);
  }

  private static String host() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "localhost";
    }
  }
}
