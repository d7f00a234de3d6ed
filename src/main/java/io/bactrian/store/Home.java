package io.bactrian.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** The folder in which a user's Bactrian keeps its state; only its owner may look into it. */
public final class Home {
  private final Path path;

  private Home(Path path) {
    this.path = path;
  }

  /**
   * Opens a home, making it if it is not there.
   *
   * @throws StoreException if it cannot be made or written
   */
  public static Home open(Path folder) {
    Path path = folder.toAbsolutePath().normalize();
    try {
      createPrivate(path);
      Path probe = Files.createTempFile(path, "writable", "");
      Files.delete(probe);
      return new Home(path.toRealPath());
    } catch (IOException e) {
      throw new StoreException(
          "home %s is not writable: %s (setting bactrian.home, environment BACTRIAN_HOME)"
              .formatted(path, e.getClass().getSimpleName()),
          e);
    }
  }

  /** Makes a folder and those above it; one that is new belongs to its owner alone. */
  static void createPrivate(Path folder) throws IOException {
    if (Files.isDirectory(folder)) {
      return;
    }
    Files.createDirectories(folder);
    if (Files.getFileStore(folder).supportsFileAttributeView("posix")) {
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
    }
  }

  public Path path() {
    return path;
  }

  Path resolve(String name) {
    return path.resolve(name);
  }
}
