package io.bactrian.bench;

import io.bactrian.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.concurrent.TimeUnit;

/** A process that answers the query once and prints the answer, its time and its memory. */
public final class PeerMain {
  private PeerMain() {}

  /** Arguments: the peer's name, the file, its number of records. */
  public static void main(String[] arguments) throws Exception {
    Peer peer = Peers.of(arguments[0]);
    Path file = Path.of(arguments[1]);
    long records = Long.parseLong(arguments[2]);
    peer.prepare(file, records);
    long began = System.nanoTime();
    Figures figures = peer.run(file, records);
    long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
    var document = new LinkedHashMap<String, Object>();
    document.put("result", figures.toMap());
    document.put("elapsed_ms", millis);
    document.put("peak_kib", peakKib());
    System.out.println(Json.write(document));
    System.out.flush();
    Runtime.getRuntime().halt(0);
  }

  /** The most memory this process has had, in KiB; -1 where the system does not tell. */
  private static long peakKib() throws IOException {
    Path status = Path.of("/proc/self/status");
    if (!Files.exists(status)) {
      return -1;
    }
    return Files.readAllLines(status).stream()
        .filter(line -> line.startsWith("VmHWM:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
        .findFirst()
        .orElse(-1);
  }
}
