package io.bactrian.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The shipped program with a Java, started as a user starts it.
 *
 * @param folder the packaged program
 * @param javaHome which Java
 */
record Launcher(Path folder, Path javaHome) {
  private static final int MINUTES = 2;

  Launcher {
    folder = folder.toAbsolutePath();
    if (!Files.isExecutable(folder.resolve("bin").resolve("bactrian"))) {
      throw new IllegalArgumentException(
          "%s has no bin/bactrian; allowed: a packaged folder".formatted(folder));
    }
  }

  List<String> command(List<String> arguments) {
    var command = new ArrayList<String>();
    command.add(folder.resolve("bin").resolve("bactrian").toString());
    command.addAll(arguments);
    return command;
  }

  Map<String, String> environment(Path home) {
    return Map.of("JAVA_HOME", javaHome.toString(), "BACTRIAN_HOME", home.toString());
  }

  /** Makes the archive of classes that an installation makes once, when there is none yet. */
  void archiveClasses() throws IOException, InterruptedException {
    Path archive = folder.resolve("archive").resolve(Machine.javaVersion(javaHome) + ".jsa");
    Path jar = folder.resolve("bactrian.jar");
    if (Files.exists(archive)
        && Files.getLastModifiedTime(archive).compareTo(Files.getLastModifiedTime(jar)) > 0) {
      return;
    }
    var builder =
        new ProcessBuilder(command(List.of("archive-classes")))
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD);
    builder.environment().put("JAVA_HOME", javaHome.toString());
    Process process = builder.start();
    if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) {
      process.destroyForcibly();
    }
    if (!Files.exists(archive)) {
      System.out.printf("Java %s starts without an archive of classes%n", javaHome);
    }
  }
}
