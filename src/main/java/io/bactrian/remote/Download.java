package io.bactrian.remote;

import io.bactrian.cli.Server;
import io.bactrian.cli.ServerRefused;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A file on its way from a server; one that breaks off is an error that names the server. */
final class Download extends FilterInputStream {
  private final Server server;

  Download(Server server, InputStream body) {
    super(body);
    this.server = server;
  }

  @Override
  public int read() {
    try {
      return super.read();
    } catch (IOException e) {
      throw brokenOff(e);
    }
  }

  @Override
  public int read(byte[] into, int from, int length) {
    try {
      return super.read(into, from, length);
    } catch (IOException e) {
      throw brokenOff(e);
    }
  }

  private ServerRefused brokenOff(IOException e) {
    return ServerRefused.away(
        "the file from %s broke off (%s); ask for it again".formatted(server, e.getMessage()));
  }
}
