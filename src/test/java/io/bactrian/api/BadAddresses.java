package io.bactrian.api;

import static io.bactrian.api.BadRequest.UUID_TEXT;
import static io.bactrian.api.BadRequest.get;

import java.util.ArrayList;
import java.util.List;

/** Requests with a wrong path or query. */
final class BadAddresses {
  private BadAddresses() {}

  static List<BadRequest> all() {
    var bad = new ArrayList<BadRequest>();
    List<String> notUuids =
        List.of(
            "x",
            "1",
            "%20",
            "%27",
            "%00",
            "..%2f..",
            UUID_TEXT + "0",
            "null",
            "%C3%28",
            "{}",
            "'%3B--");
    for (String wrong : notUuids) {
      for (String path :
          List.of("/v1/tasks/", "/v1/dlq/", "/v1/tasks/" + UUID_TEXT + "/workflow_steps/")) {
        bad.add(get(path + wrong.replace("{", "%7B").replace("}", "%7D")));
      }
      for (String under :
          List.of("progress", "batches", "transitions", "graph", "workflow_steps")) {
        bad.add(get("/v1/tasks/" + wrong.replace("{", "%7B").replace("}", "%7D") + "/" + under));
      }
    }
    List<String> pages =
        List.of("0", "-1", "x", "1.5", "1e3", "99999999999999999999", "", "%00", "+1", "0x1", "١");
    for (String wrong : pages) {
      bad.add(get("/v1/tasks?page=" + wrong.replace("١", "%D9%A1")));
      bad.add(get("/v1/tasks?per_page=" + wrong.replace("١", "%D9%A1")));
      bad.add(get("/v1/analytics/performance?hours=" + wrong.replace("١", "%D9%A1")));
      bad.add(get("/v1/audit?limit=" + wrong.replace("١", "%D9%A1")));
    }
    bad.add(get("/v1/tasks?per_page=101"));
    bad.add(get("/v1/analytics/bottlenecks?limit=101"));
    for (String wrong :
        List.of("", "done", "COMPLETE", "complete%20", "%27", "complete&status=error", "%00")) {
      bad.add(get("/v1/tasks?status=" + wrong));
      bad.add(get("/v1/dlq?resolution=" + wrong));
      bad.add(get("/v1/dlq?reason=" + wrong));
      bad.add(get("/v1/tasks/" + UUID_TEXT + "/workflow_steps?state=" + wrong));
      bad.add(get("/v1/tasks/" + UUID_TEXT + "/workflow_steps?type=" + wrong));
    }
    for (String wrong :
        List.of(
            "", "1x", "a%20b", "a%2Fb", "%27%20or%201=1", "x".repeat(64), "%ff", "a%0Ab", "%25")) {
      bad.add(get("/v1/tasks?namespace=" + wrong));
      bad.add(get("/v1/tasks?name=" + wrong));
      bad.add(get("/v1/templates?namespace=" + wrong));
      if (!wrong.isEmpty()) {
        bad.add(get("/v1/templates/" + wrong + "/x"));
        bad.add(get("/v1/templates/x/" + wrong));
      }
    }
    for (String path :
        List.of(
            "/v1/tasks",
            "/v1/templates",
            "/v1/nodes",
            "/v1/dlq",
            "/v1/dlq/stats",
            "/v1/audit",
            "/v1/session",
            "/openapi.json",
            "/v1/events")) {
      bad.add(get(path + "?unknown=1"));
      bad.add(get(path + "?%"));
      bad.add(get(path + "?a=%zz"));
      bad.add(get(path + "?=&="));
      bad.add(new BadRequest("PUT", path, "", ""));
      bad.add(new BadRequest("TRACE", path, "", ""));
      bad.add(new BadRequest("OPTIONS", path, "", ""));
    }
    bad.add(get("/v1/tasks?name=" + "x".repeat(7_000)));
    for (String path :
        List.of(
            "/v1",
            "/v1/",
            "/v1/task",
            "/V1/tasks",
            "/v1//tasks",
            "/v1/tasks/",
            "/v1/./tasks",
            "/v1/x/../tasks",
            "/v1/tasks/" + UUID_TEXT + "/x",
            "/v2/tasks",
            "/.git/config",
            "/pom.xml",
            "/..%2fpom.xml",
            "/%2e%2e/pom.xml",
            "/docs/../pom.xml",
            "/docs/%2e%2e/openapi",
            "/docs/",
            "/META-INF/MANIFEST.MF",
            "/bactrian.properties",
            "/db/migration/V1__control_plane.sql",
            "/io/bactrian/Bactrian.class",
            "/.bactrian/password",
            "/favicon.php")) {
      bad.add(get(path));
    }
    return bad;
  }
}
