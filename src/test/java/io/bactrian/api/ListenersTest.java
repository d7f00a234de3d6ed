package io.bactrian.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bactrian.ApiNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The sockets on which the process listens are those of the settings. */
@EnabledOnOs(OS.LINUX)
final class ListenersTest {
  private static final String LISTEN = "0A";

  @TempDir private Path home;

  @Test
  void aNodeListensOnTheAddressOfTheSettingsAndNowhereElse() throws IOException {
    Set<String> before = listening();
    try (var node = new ApiNode(home, Map.of())) {
      Set<String> more = listening();
      more.removeAll(before);

      assertThat(more).containsExactly("127.0.0.1:" + node.client().address().getPort());
    }
    assertThat(listening()).isEqualTo(before);
  }

  @Test
  void aNodeWithoutAPortListensNowhere() throws IOException {
    Set<String> before = listening();
    try (var node = new ApiNode(home, Map.of("bactrian.api.port", ""))) {
      assertThat(node.settings()).containsEntry("bactrian.api.port", "");
      assertThat(listening()).isEqualTo(before);
    }
  }

  @Test
  void aBusyPortIsAnErrorThatNamesTheSetting() {
    try (var node = new ApiNode(home, Map.of())) {
      String port = String.valueOf(node.client().address().getPort());

      assertThatThrownBy(() -> new ApiNode(home, Map.of("bactrian.api.port", port)))
          .hasMessageContaining("bactrian.api.port")
          .hasMessageContaining(port);
    }
  }

  /** The TCP addresses on which this process listens. */
  private static Set<String> listening() throws IOException {
    Set<String> own = sockets();
    var listening = new TreeSet<String>();
    for (String table : List.of("/proc/net/tcp", "/proc/net/tcp6")) {
      for (String line : Files.readAllLines(Path.of(table))) {
        String[] columns = line.strip().split("\\s+", -1);
        if (columns[3].equals(LISTEN) && own.contains("socket:[" + columns[9] + "]")) {
          listening.add(address(columns[1]));
        }
      }
    }
    return listening;
  }

  private static Set<String> sockets() throws IOException {
    var sockets = new ArrayList<String>();
    try (Stream<Path> handles = Files.list(Path.of("/proc/self/fd"))) {
      for (Path handle : handles.toList()) {
        try {
          sockets.add(Files.readSymbolicLink(handle).toString());
        } catch (IOException e) {
          // Closed meanwhile.
        }
      }
    }
    return Set.copyOf(sockets);
  }

  /** {@code 0100007F:1F90}: bytes of the address from the last to the first, then the port. */
  private static String address(String hex) {
    int colon = hex.indexOf(':');
    String host = hex.substring(0, colon);
    String tail = host.substring(host.length() - 8);
    boolean v4 = host.length() == 8 || host.startsWith("0000000000000000FFFF0000");
    String text =
        v4
            ? "%d.%d.%d.%d"
                .formatted(
                    Integer.parseInt(tail.substring(6, 8), 16),
                    Integer.parseInt(tail.substring(4, 6), 16),
                    Integer.parseInt(tail.substring(2, 4), 16),
                    Integer.parseInt(tail.substring(0, 2), 16))
            : host;
    return text + ":" + Integer.parseInt(hex.substring(colon + 1), 16);
  }
}
