package io.bactrian.route;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The folders in which files named from outside must lie. */
public final class DataRoots {
  private final List<Path> roots;

  /**
   * @param roots folders, relative ones below the working folder
   */
  public DataRoots(List<Path> roots) {
    this.roots = List.copyOf(roots);
  }

  /**
   * The real path of a file, links followed.
   *
   * @throws IllegalArgumentException if it does not exist or lies outside
   */
  public Path check(String path) {
    for (Path root : roots) {
      try {
        Path real = Path.of(path).toRealPath();
        if (real.startsWith(root.toRealPath())) {
          return real;
        }
      } catch (IOException | IllegalArgumentException e) {
        // Neither a missing root nor a missing file allows anything.
      }
    }
    throw new IllegalArgumentException(
        "%s is no file that may be named here; allowed: files below %s (setting bactrian.data-roots)"
            .formatted(path, roots));
  }
}
