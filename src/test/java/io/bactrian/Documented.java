package io.bactrian;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The files that a page of the docs shows: a line {@code `path`} and a fenced block below it. */
final class Documented {
  private static final Pattern FILE =
      Pattern.compile("^`([^`\\n]+)`\\n```[a-z]*\\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);

  private final Map<String, String> files = new LinkedHashMap<>();

  Documented(Path page) throws IOException {
    FILE.matcher(Files.readString(page))
        .results()
        .forEach((MatchResult found) -> files.put(found.group(1), found.group(2)));
  }

  /** Writes the files below a folder, as a reader would by hand. */
  Documented writeTo(Path folder) throws IOException {
    for (Map.Entry<String, String> file : files.entrySet()) {
      Path path = folder.resolve(file.getKey());
      Files.createDirectories(path.getParent());
      Files.writeString(path, file.getValue());
    }
    return this;
  }

  /** Replaces a text in all files: what a reader has to set for their own place. */
  Documented set(String shown, String own) {
    files.replaceAll((path, text) -> text.replace(shown, own));
    return this;
  }
}
