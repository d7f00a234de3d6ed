package io.bactrian.testing;

import io.bactrian.store.CommitHook;
import io.bactrian.store.Fact;
import java.util.ArrayList;
import java.util.List;

/**
 * Where nodes are to die. A dead node commits nothing any more, whatever thread tries: to everybody
 * else that is what the death of its process looks like.
 */
final class CrashPoints {
  private final List<Point> points = new ArrayList<>();

  /** One commit among those of its fact. */
  private static final class Point {
    private final Fact fact;
    private final boolean after;
    private int left;

    Point(Fact fact, int nth, boolean after) {
      this.fact = fact;
      this.left = nth;
      this.after = after;
    }
  }

  synchronized void add(Fact fact, int nth, boolean after) {
    if (nth < 1) {
      throw new IllegalArgumentException("the %dth %s; allowed: from 1".formatted(nth, fact));
    }
    points.add(new Point(fact, nth, after));
  }

  /** Those that no commit has reached yet. */
  synchronized List<String> left() {
    return points.stream().map(p -> "%s, %d more".formatted(p.fact, p.left)).toList();
  }

  private synchronized boolean reaches(Fact fact, boolean after) {
    boolean reached = false;
    for (Point point : points) {
      if (point.fact == fact && point.after == after) {
        point.left--;
        reached |= point.left == 0;
      }
    }
    points.removeIf(point -> point.left == 0);
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
      if (!dead && reaches(fact, after)) {
        dead = true;
      }
      if (dead) {
        throw new NodeDied(fact);
      }
    }
  }
}
