package io.bactrian.api;

import static io.bactrian.api.BadRequest.UUID_TEXT;
import static io.bactrian.api.BadRequest.get;
import static io.bactrian.api.BadRequest.json;

import java.util.ArrayList;
import java.util.List;

/** Requests with a wrong body or media type. */
final class BadBodies {
  private static final String TASK =
      "\"namespace\": \"csv_processing\", \"name\": \"csv_product_inventory_analyzer\"";

  private BadBodies() {}

  static List<BadRequest> all() {
    var bad = new ArrayList<BadRequest>();
    List<String> notJson =
        List.of(
            "",
            " ",
            "{",
            "}",
            "[",
            "nul",
            "{\"namespace\"}",
            "{'namespace': 'x'}",
            "{\"a\":1}{\"b\":2}",
            "{\"a\": 1,}",
            "{\"a\": NaN}",
            "{\"a\": 01}",
            "{\"a\": \"\\x\"}",
            "{\"a\": 1, \"a\": 2}",
            "\u0000",
            "{\"a\": \"\\u0000\"}",
            "{\"a\": \"\\ud800\"}",
            "{\"a\": 1e999999999}",
            "[".repeat(5000),
            "{\"a\":".repeat(200) + "1" + "}".repeat(200),
            "{\"a\": " + "9".repeat(2000) + "}",
            "<xml/>",
            "--",
            "\"");
    List<String> notTasks =
        List.of(
            "null",
            "1",
            "\"x\"",
            "[]",
            "{}",
            "true",
            "{\"namespace\": \"x\"}",
            "{\"name\": \"x\"}",
            "{\"namespace\": 1, \"name\": \"x\"}",
            "{\"namespace\": \"x\", \"name\": null}",
            "{\"namespace\": \"x y\", \"name\": \"x\"}",
            "{\"namespace\": \"\", \"name\": \"\"}",
            "{\"namespace\": \"no\", \"name\": \"such\"}",
            "{" + TASK + ", \"version\": 1}",
            "{" + TASK + ", \"version\": \"9.9.9\"}",
            "{" + TASK + ", \"version\": \"\"}",
            "{" + TASK + ", \"context\": null}",
            "{" + TASK + ", \"context\": []}",
            "{" + TASK + ", \"context\": \"x\"}",
            "{" + TASK + "}",
            "{" + TASK + ", \"context\": {}}",
            "{" + TASK + ", \"context\": {\"csv_file_path\": 1}}",
            "{" + TASK + ", \"context\": {\"csv_file_path\": null}}",
            "{" + TASK + ", \"context\": {\"csv_file_path\": []}}",
            "{" + TASK + ", \"context\": {\"csv_file_path\": \"/etc/passwd\"}}",
            "{" + TASK + ", \"context\": {\"csv_file_path\": \"../pom.xml\"}}",
            "{"
                + TASK
                + ", \"context\": {\"csv_file_path\": \"fixtures/products.csv\"}, \"unheard\": 1}",
            "{\"" + "k".repeat(200) + "\": 1}");
    for (String wrong : notJson) {
      bad.add(json("POST", "/v1/tasks", wrong));
      bad.add(json("POST", "/v1/dlq", wrong));
      bad.add(json("PATCH", "/v1/dlq/" + UUID_TEXT, wrong));
      bad.add(json("PATCH", "/v1/tasks/" + UUID_TEXT + "/workflow_steps/" + UUID_TEXT, wrong));
    }
    notTasks.forEach(wrong -> bad.add(json("POST", "/v1/tasks", wrong)));
    for (String wrong :
        List.of(
            "{}",
            "[]",
            "{\"action_type\": \"explode\"}",
            "{\"action_type\": null}",
            "{\"action_type\": \"complete_manually\"}",
            "{\"action_type\": \"complete_manually\", \"result\": 1}",
            "{\"action_type\": \"reset_for_retry\", \"reason\": 1}",
            "{\"action_type\": \"reset_for_retry\", \"more\": 1}",
            "{\"action_type\": \"reset_for_retry\", \"actor\": \"" + "x".repeat(101) + "\"}")) {
      bad.add(json("PATCH", "/v1/tasks/" + UUID_TEXT + "/workflow_steps/" + UUID_TEXT, wrong));
    }
    for (String verb : List.of("pause", "unpause", "retry", "resolve", "rerun")) {
      bad.add(json("POST", "/v1/tasks/" + UUID_TEXT + "/" + verb, ""));
      bad.add(json("POST", "/v1/tasks/" + UUID_TEXT + "/" + verb, "{\"reason\": 1}"));
      bad.add(json("POST", "/v1/tasks/" + UUID_TEXT + "/" + verb, "[]"));
      bad.add(json("POST", "/v1/tasks/x/" + verb, "{}"));
      bad.add(get("/v1/tasks/" + UUID_TEXT + "/" + verb));
    }
    for (String wrong :
        List.of(
            "{}",
            "{\"priority\": \"high\"}",
            "{\"priority\": 1.5}",
            "{\"resolution\": \"gone\"}",
            "{\"note\": 1}",
            "{\"priority\": 99999}")) {
      bad.add(json("PATCH", "/v1/dlq/" + UUID_TEXT, wrong));
    }
    for (String wrong :
        List.of(
            "{\"task_uuid\": \"x\"}",
            "{\"task_uuid\": 1}",
            "{}",
            "{\"task_uuid\": \"" + UUID_TEXT + "\"}")) {
      bad.add(json("POST", "/v1/dlq", wrong));
    }
    for (String type :
        List.of(
            "text/plain",
            "text/csv",
            "application/xml",
            "multipart/form-data; boundary=x",
            "application/x-www-form-urlencoded",
            "application",
            "*/*")) {
      bad.add(new BadRequest("POST", "/v1/tasks", ApiTest.INVENTORY, type));
      bad.add(new BadRequest("POST", "/v1/session", "{\"key\": \"x\"}", type));
    }
    bad.add(json("DELETE", "/v1/tasks/" + UUID_TEXT, "{}"));
    bad.add(json("GET", "/v1/tasks", "{}"));
    bad.add(json("POST", "/v1/tasks", "{\"a\": \"" + "x".repeat(70_000) + "\"}"));
    return bad;
  }
}
