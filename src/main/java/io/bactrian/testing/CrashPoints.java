package io.bactrian.testing;

import io.bactrian.store.CommitHook;
import io.bactrian.store.Fact;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * What is to happen at which commit; mostly that the node dies. A dead node commits nothing any
 * more, whatever thread tries: to everybody else that is what the death of its process looks like.
 */
final class CrashPoints {
  private final List<Point> points = new ArrayList<>();

  /** One commit among those of its fact. */
  private static final class Point {
    private final Fact fact;
    private final boolean after;
    private final Consumer<Life> action;
    private int left;

    Point(Fact fact, int nth, boolean after, Consumer<Life> action) {
      this.fact = fact;
      this.left = nth;
      this.after = after;
      this.action = action;
    }
  }

  void add(Fact fact, int nth, boolean after) {
    add(fact, nth, after, Life::end);
  }

  synchronized void add(Fact fact, int nth, boolean after, Consumer<Life> action) {
    if (nth < 1) {
      throw new IllegalArgumentException("the %dth %s; allowed: from 1".formatted(nth, fact));
    }
    points.add(new Point(fact, nth, after, action));
  }

  private synchronized List<Point> reached(Fact fact, boolean after) {
    var reached = new ArrayList<Point>();
    for (Point point : points) {
      if (point.fact == fact && point.after == after) {
        point.left--;
        if (point.left == 0) {
          reached.add(point);
        }
      }
    }
    points.removeAll(reached);
    return reached;
  }

  /** The life of one node. */
  final class Life implements CommitHook {
    private volatile boolean dead;

    boolean isOver() {
      return dead;
    }

    void end() {
      dead = true;
    }

    @Override
    public void before(Fact fact) {
      cross(fact, false);
    }

    @Override
    public void after(Fact fact) {
      cross(fact, true);
    }

    private void cross(Fact fact, boolean after) {
      if (!dead) {
        reached(fact, after).forEach(point -> point.action.accept(this));
      }
      if (dead) {
        throw new NodeDied(fact);
      }
    }
  }
}
