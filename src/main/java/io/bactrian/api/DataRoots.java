package io.bactrian.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Files named over HTTP lie below the data roots: neither {@code ..} nor an absolute path nor a
 * link leads out of them. Every text of the context whose key ends in {@code _path} or {@code
 * _file}, at any depth, is taken for a file.
 */
final class DataRoots {
  private final List<Path> roots;

  DataRoots(List<Path> roots) {
    this.roots = roots.stream().flatMap(root -> real(root).stream()).toList();
  }

  /**
   * Checks a context.
   *
   * @throws Refusal 403 that names the key and the setting
   */
  void check(JsonNode context) {
    for (Map.Entry<String, JsonNode> field : context.properties()) {
      if (field.getKey().endsWith("_path") || field.getKey().endsWith("_file")) {
        checkFiles(field.getKey(), field.getValue());
      }
      check(field.getValue());
    }
    if (context.isArray()) {
      context.forEach(this::check);
    }
  }

  private void checkFiles(String key, JsonNode value) {
    if (value.isTextual() && !isBelow(value.textValue())) {
      throw Refusal.of(
          403,
          "file_not_permitted",
          "%s names a file outside of the data roots; allowed: files below those of the setting bactrian.data-roots"
              .formatted(key));
    }
    if (value.isArray()) {
      value.forEach(one -> checkFiles(key, one));
    }
  }

  private boolean isBelow(String file) {
    try {
      Path path = Path.of(file).toAbsolutePath();
      return path.equals(path.normalize())
          && real(path).filter(real -> roots.stream().anyMatch(real::startsWith)).isPresent();
    } catch (InvalidPathException e) {
      return false;
    }
  }

  /** A path with its links followed as far as it exists; empty when a link leads nowhere. */
  private static Optional<Path> real(Path path) {
    Path absolute = path.toAbsolutePath().normalize();
    Path there = absolute;
    while (!Files.exists(there, LinkOption.NOFOLLOW_LINKS) && there.getParent() != null) {
      there = there.getParent();
    }
    try {
      return Optional.of(there.toRealPath().resolve(there.relativize(absolute)).normalize());
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
