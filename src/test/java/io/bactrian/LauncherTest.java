package io.bactrian;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The packaged launcher, with a Java that only says how it was called. */
@DisabledOnOs(OS.WINDOWS)
final class LauncherTest {
  private static final String SAYS_ITS_ARGUMENTS = "#!/bin/sh\nprintf '%s\\n' \"$0\" \"$@\"\n";

  @TempDir private Path folder;
  private Path installed;
  private Path launcher;

  private record Outcome(int exit, List<String> out, String err) {}

  @BeforeEach
  void install() throws IOException {
    installed = Files.createDirectories(folder.resolve("a place/bactrian"));
    launcher = Files.createDirectories(installed.resolve("bin")).resolve("bactrian");
    Files.copy(Path.of("src/main/dist/bin/bactrian"), launcher, StandardCopyOption.COPY_ATTRIBUTES);
    Files.createFile(installed.resolve("bactrian.jar"));
  }

  @Test
  void argumentsArriveAsTheyWereGiven() throws Exception {
    Outcome outcome = call(java("17.0.15"), "run", "my file.csv", "--set", "a=*", "");

    assertThat(outcome.exit()).as(outcome.err()).isZero();
    assertThat(outcome.out())
        .endsWith("-jar", home() + "/bactrian.jar", "run", "my file.csv", "--set", "a=*", "");
  }

  @Test
  void aLinkToTheLauncherStartsTheFolderItPointsTo() throws Exception {
    Path link = Files.createSymbolicLink(folder.resolve("b"), launcher);

    Outcome outcome = call(link, java("21.0.1"), "--help");

    assertThat(outcome.out()).contains(home() + "/bactrian.jar", "-Dbactrian.launcher=" + link);
  }

  @Test
  void furtherOptionsForJavaAreWords() throws Exception {
    Outcome outcome =
        call(launcher, with(java("17"), "BACTRIAN_JAVA_OPTS", "-Xmx1g -Dx=y"), "tasks");

    assertThat(outcome.out()).contains("-Xmx1g", "-Dx=y");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.8.0_392", "11.0.22", "16"})
  void anOlderJavaIsOneLine(String version) throws Exception {
    Outcome outcome = call(java(version), "run");

    assertThat(outcome.exit()).isEqualTo(1);
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.err())
        .isEqualTo(
            "bactrian: %s/bin/java is Java %s; needed: at least 17\n"
                .formatted(folder.resolve("java " + version), version));
  }

  @Test
  void aJavaHomeWithoutJavaIsOneLine() throws Exception {
    Outcome outcome = call(launcher, Map.of("JAVA_HOME", "/none"), "run");

    assertThat(outcome.exit()).isEqualTo(1);
    assertThat(outcome.err()).startsWith("bactrian: JAVA_HOME is /none, which has no bin/java");
  }

  @Test
  void noJavaAtAllIsOneLine() throws Exception {
    Path tools = Files.createDirectories(folder.resolve("tools"));
    for (String tool : List.of("sh", "readlink", "dirname")) {
      Files.createSymbolicLink(tools.resolve(tool), Path.of("/usr/bin", tool));
    }

    Outcome outcome = call(launcher, Map.of("PATH", tools.toString()), "run");

    assertThat(outcome.exit()).isEqualTo(1);
    assertThat(outcome.err()).startsWith("bactrian: there is no java in the PATH");
  }

  @Test
  void theJavaOfThePathIsTakenWithoutJavaHome() throws Exception {
    String home = java("18").get("JAVA_HOME");

    Outcome outcome = call(launcher, Map.of("PATH", home + "/bin:/usr/bin:/bin"), "run");

    assertThat(outcome.exit()).as(outcome.err()).isZero();
    assertThat(outcome.out()).contains(home() + "/bactrian.jar");
  }

  @ParameterizedTest
  @CsvSource({
    "true,17.0.15,0,true",
    "false,17.0.15,0,false",
    "true,17.0.16,0,false",
    "true,17.0.15,60,false"
  })
  void anArchiveOfClassesIsUsedForItsFolderItsJavaAndItsJarAlone(
      boolean sameFolder, String java, int jarIsLater, boolean used) throws Exception {
    Path archive = Files.createDirectories(Path.of(home(), "archive"));
    Path classes = Files.createFile(archive.resolve("17.0.15.jsa"));
    Files.writeString(archive.resolve("17.0.15.folder"), (sameFolder ? home() : "/else") + "\n");
    Instant made = Instant.now().minusSeconds(100);
    Files.setLastModifiedTime(classes, FileTime.from(made));
    Files.setLastModifiedTime(
        Path.of(home(), "bactrian.jar"), FileTime.from(made.plusSeconds(jarIsLater - 30L)));

    Outcome outcome = call(java(java), "run");

    assertThat(outcome.out().contains("-XX:SharedArchiveFile=" + classes)).isEqualTo(used);
  }

  @Test
  void onlyCommandsThatMayLastHaveTheOptimizingCompiler() throws Exception {
    assertThat(call(java("17"), "serve").out()).contains("-XX:+UseParallelGC");
    assertThat(call(java("17"), "--help").out()).contains("-XX:TieredStopAtLevel=1");
  }

  @ParameterizedTest
  @CsvSource({
    "25, java.base jdk.incubator.vector jdk.jfr, run, true",
    "25, java.base jdk.incubator.vector jdk.jfr, tasks, false",
    "25, java.base jdk.jfr, run, false",
    "17, java.base jdk.incubator.vector jdk.jfr, run, false"
  })
  void vectorsAreAskedForWhereALaterJavaHasThem(
      String version, String modules, String command, boolean asked) throws Exception {
    Map<String, String> java = java(version);
    Files.writeString(
        folder.resolve("java " + version).resolve("release"),
        "JAVA_VERSION=\"%s\"\nMODULES=\"%s\"\n".formatted(version, modules));

    List<String> options = call(java, command).out();
    assertThat(options.contains("jdk.incubator.vector")).isEqualTo(asked);
    assertThat(
            options.contains(
                "-XX:CompileCommand=CompileThresholdScaling,io.bactrian.csv.Vector*::*,0.02"))
        .isEqualTo(asked);
  }

  private String home() throws IOException {
    return installed.toRealPath().toString();
  }

  /** The environment with a Java of a version. */
  private Map<String, String> java(String version) throws IOException {
    Path home = folder.resolve("java " + version);
    Path java = Files.createDirectories(home.resolve("bin")).resolve("java");
    Files.writeString(java, SAYS_ITS_ARGUMENTS);
    Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.writeString(
        home.resolve("release"), "IMPLEMENTOR=\"Nobody\"\nJAVA_VERSION=\"%s\"".formatted(version));
    return Map.of("JAVA_HOME", home.toString());
  }

  private static Map<String, String> with(Map<String, String> some, String key, String value) {
    var more = new HashMap<>(some);
    more.put(key, value);
    return more;
  }

  private Outcome call(Map<String, String> environment, String... arguments) throws Exception {
    return call(launcher, environment, arguments);
  }

  private Outcome call(Path script, Map<String, String> environment, String... arguments)
      throws Exception {
    var command = new ArrayList<String>(List.of(script.toString()));
    command.addAll(List.of(arguments));
    var builder = new ProcessBuilder(command);
    builder.environment().remove("JAVA_HOME");
    builder.environment().remove("BACTRIAN_LAUNCHER");
    builder.environment().putAll(environment);
    Process process =
        builder.redirectError(folder.resolve("err").toFile()).directory(folder.toFile()).start();
    process.getOutputStream().close();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return new Outcome(
        process.exitValue(),
        out.isEmpty() ? List.of() : List.of(out.substring(0, out.length() - 1).split("\n", -1)),
        Files.readString(folder.resolve("err")));
  }
}
