package io.bactrian.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * Tells other processes of the same home that a node's process lives: a lock on {@code
 * nodes/<uuid>.lock} that the system releases when the process ends, however it ends.
 */
public final class ProcessLock implements AutoCloseable {
  private static final String FOLDER = "nodes";
  private static final String SUFFIX = ".lock";

  /** This JVM's own locks: opening and closing their files here would give them back. */
  private static final Set<Path> OWN = ConcurrentHashMap.newKeySet();

  private final Path file;
  private final FileChannel channel;

  private ProcessLock(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /** Holds the lock of a new node until closed. */
  public static ProcessLock acquire(Home home, UUID node) {
    try {
      Path folder = home.resolve(FOLDER);
      Home.createPrivate(folder);
      // Locked under a name that nobody looks at, so that no one finds it unlocked.
      Path hidden = folder.resolve("." + node);
      FileChannel channel =
          FileChannel.open(hidden, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
      channel.lock();
      Path file = folder.resolve(node + SUFFIX);
      OWN.add(file);
      home.rename(Fact.SHOW_PROCESS, hidden, file);
      return new ProcessLock(file, channel);
    } catch (IOException e) {
      throw new StoreException(
          "the node's lock cannot be made in %s: %s (setting bactrian.home)"
              .formatted(home.path(), e.getMessage()),
          e);
    }
  }

  /** Nodes of this home whose process is gone. */
  public static List<UUID> dead(Home home) {
    var dead = new ArrayList<UUID>();
    Path folder = home.resolve(FOLDER);
    if (!Files.isDirectory(folder)) {
      return dead;
    }
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(f -> f.toString().endsWith(SUFFIX)).toList()) {
        if (!OWN.contains(file) && isFree(file)) {
          String name = String.valueOf(file.getFileName());
          dead.add(UUID.fromString(name.substring(0, name.length() - SUFFIX.length())));
        }
      }
    } catch (IOException e) {
      throw new StoreException("the nodes of %s cannot be read".formatted(home.path()), e);
    }
    return dead;
  }

  /** Deletes the file of a dead node. */
  public static void forget(Home home, UUID node) {
    try {
      Files.deleteIfExists(home.resolve(FOLDER).resolve(node + SUFFIX));
    } catch (IOException e) {
      throw new StoreException("the lock of dead node %s cannot be deleted".formatted(node), e);
    }
  }

  private static boolean isFree(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
        FileLock lock = channel.tryLock()) {
      return lock != null;
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  @Override
  public void close() {
    try {
      Files.deleteIfExists(file);
      channel.close();
      OWN.remove(file);
    } catch (IOException e) {
      throw new StoreException("the lock %s cannot be given back".formatted(file), e);
    }
  }
}
