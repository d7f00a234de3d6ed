package io.bactrian;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Routes of a user that start tasks and hear of them, on a serving node. */
final class RouteStartsTasksTest {
  @TempDir private Path folder;
  private TestCluster cluster = new TestCluster(Path.of("target"));

  @BeforeEach
  void makeCluster() {
    cluster = new TestCluster(folder);
    cluster.file(
        "routes/hello.camel.yaml",
        """
        - route:
            id: hello
            from:
              uri: direct:hello
              steps:
                - setBody:
                    expression:
                      simple:
                        expression: '{"says": "Hello ${exchangeProperty.step.context[name]}"}'
                - unmarshal:
                    json:
                      objectMapper: "#json"
        """);
    cluster.template(
        """
        name: hello
        namespace_name: demo
        version: "1"
        steps:
          - {name: say, handler: {callable: hello}}
        """);
  }

  @AfterEach
  void close() {
    cluster.close();
  }

  @Test
  void aRouteGetsTheResultOfTheTaskItStarted() {
    route(
        """
        - route:
            id: start
            from:
              uri: timer:once?repeatCount=1&delay=10
              steps:
                - setBody:
                    expression:
                      constant: '{"name": "Ada"}'
                - to: task:demo/hello?waitForResult=true&timeout=2m
                - marshal:
                    json:
                      objectMapper: "#json"
                - to: file:OUT?fileName=result.json
        """);
    cluster.serve("bactrian.api.port=");

    awaitLines("result.json", List.of("{\"says\":\"Hello Ada\"}"));
  }

  @Test
  void aSubscriberHearsEveryStateOfATaskInOrder() {
    route(
        """
        - route:
            id: hear
            from:
              uri: task-events:audit?template=demo/hello&startFrom=FIRST&delay=50
              steps:
                - setBody:
                    expression:
                      simple: "${body[to_state]}"
                - to: file:OUT?fileName=events.txt&fileExist=Append&appendChars=\\n
        """);
    cluster.serve("bactrian.api.port=");
    cluster.atRest(cluster.submit("demo/hello", java.util.Map.of("name", "Ada")));

    awaitLines("events.txt", List.of("pending", "steps_in_process", "complete"));
  }

  @Test
  void aTaskStartedInATransactionThatRollsBackIsNone() {
    route(
        """
        - route:
            id: start
            errorHandler:
              noErrorHandler: {}
            from:
              uri: timer:once?repeatCount=1&delay=10
              steps:
                - to: direct:in-one-transaction
        - route:
            id: in-one-transaction
            from:
              uri: direct:in-one-transaction
              steps:
                - transacted:
                    ref: PROPAGATION_REQUIRED
                    steps:
                      - setBody:
                          expression:
                            constant: '{"name": "Ada"}'
                      - to: task:demo/hello
                      - to: file:OUT?fileName=reached.txt
                      - throwException:
                          exceptionType: java.lang.IllegalStateException
                          message: after the submission
        """);
    cluster.serve("bactrian.api.port=");

    await().atMost(TestCluster.LONG).until(() -> Files.exists(folder.resolve("reached.txt")));
    cluster.close();
    assertThat(cluster.count("select count(*) from tasks")).isZero();
  }

  private void route(String yaml) {
    cluster.file("routes/own.camel.yaml", yaml.replace("OUT", folder.toString()));
  }

  private void awaitLines(String file, List<String> lines) {
    await()
        .atMost(TestCluster.LONG)
        .until(
            () -> {
              try {
                return Files.readAllLines(folder.resolve(file)).equals(lines);
              } catch (IOException e) {
                return false;
              }
            });
  }
}
