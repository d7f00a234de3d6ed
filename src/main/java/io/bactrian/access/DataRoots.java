package io.bactrian.access;

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
public final class DataRoots {
  private final List<Path> roots;

  /**
   * @param roots folders, relative ones below the working folder
   */
  public DataRoots(List<Path> roots) {
    this.roots = roots.stream().flatMap(root -> real(root).stream()).toList();
  }

  /**
   * Looks through a context.
   *
   * @return what is wrong with the first file that lies elsewhere; names its key and the setting
   */
  public Optional<String> problem(JsonNode context) {
    for (Map.Entry<String, JsonNode> field : context.properties()) {
      boolean files = field.getKey().endsWith("_path") || field.getKey().endsWith("_file");
      if (files && !areBelow(field.getValue())) {
        return Optional.of(
            "%s names a file outside of the data roots; allowed: files below those of the setting bactrian.data-roots"
                .formatted(field.getKey()));
      }
    }
    for (JsonNode part : context) {
      Optional<String> problem = problem(part);
      if (problem.isPresent()) {
        return problem;
      }
    }
    return Optional.empty();
  }

  private boolean areBelow(JsonNode value) {
    if (value.isArray()) {
      for (JsonNode one : value) {
        if (!areBelow(one)) {
          return false;
        }
      }
    }
    return !value.isTextual() || isBelow(value.textValue());
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
