package io.bactrian.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;

/** The folder in which a user's Bactrian keeps its state; only its owner may look into it. */
public final class Home {
  private final Path path;

  private final CommitHook hook;

  private Home(Path path, CommitHook hook) {
    this.path = path;
    this.hook = hook;
  }

  /**
   * Opens a home, making it if it is not there.
   *
   * @throws StoreException if it cannot be made or written
   */
  public static Home open(Path folder) {
    return open(folder, CommitHook.NONE);
  }

  /**
   * The same, with a hook that is told of every rename.
   *
   * @throws StoreException if it cannot be made or written
   */
  public static Home open(Path folder, CommitHook hook) {
    Path path = folder.toAbsolutePath().normalize();
    try {
      createPrivate(path);
      Path probe = Files.createTempFile(path, "writable", "");
      Files.delete(probe);
      return new Home(path.toRealPath(), hook);
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

  CommitHook hook() {
    return hook;
  }

  /** Makes a fact true by one atomic rename. */
  void rename(Fact fact, Path from, Path to) throws IOException {
    hook.before(fact);
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    hook.after(fact);
  }

  Path resolve(String name) {
    return path.resolve(name);
  }
}
