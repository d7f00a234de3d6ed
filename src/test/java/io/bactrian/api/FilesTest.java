package io.bactrian.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.bactrian.ApiNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No file is served that is not in the list of pages. */
final class FilesTest {
  @TempDir private Path home;

  @Test
  void everyFileOfTheRepositoryAndOfTheHomeAskedForByPathIsNotFound() throws Exception {
    Files.writeString(home.resolve("password"), "hush");
    List<String> paths = new ArrayList<>(files(Path.of("")));
    paths.addAll(files(home));
    assertThat(paths).hasSizeGreaterThan(200);
    var served = new ArrayList<String>();
    try (var node = new ApiNode(home, Map.of())) {
      URI address = node.client().address();
      HttpClient http = HttpClient.newHttpClient();
      for (String path : paths) {
        int status =
            http.send(
                    HttpRequest.newBuilder(address.resolve(new URI(null, null, "/" + path, null)))
                        .build(),
                    BodyHandlers.discarding())
                .statusCode();
        if (status != 404) {
          served.add(path + " " + status);
        }
      }
    }
    assertThat(served).isEmpty();
  }

  /** Each by its path from here, and by its absolute path. */
  private static List<String> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> !file.startsWith("target") && !file.startsWith(".git"))
          .flatMap(file -> Stream.of(file.toString(), file.toAbsolutePath().toString()))
          .map(path -> path.startsWith("/") ? path.substring(1) : path)
          .distinct()
          .toList();
    }
  }
}
