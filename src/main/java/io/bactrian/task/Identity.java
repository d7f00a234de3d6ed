package io.bactrian.task;

import io.bactrian.json.CanonicalJson;
import io.bactrian.json.Json;
import io.bactrian.template.TaskTemplate;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/**
 * What makes two submissions the same task: SHA-256 of namespace and name of the template (any
 * version: a new version does not make an old message new) and of the idempotency key, else of the
 * canonical context.
 */
final class Identity {
  private Identity() {}

  /**
   * The identity of a submission; empty when it is the same as no other.
   *
   * @throws IllegalArgumentException if the template wants a key and there is none
   */
  static Optional<String> of(
      TaskTemplate template, Map<String, Object> context, Optional<String> key) {
    if (key.isPresent()) {
      return Optional.of(hash("key", template, key.get()));
    }
    return switch (template.identityStrategy()) {
      case ALWAYS_UNIQUE -> Optional.empty();
      case STRICT ->
          Optional.of(
              hash("context", template, CanonicalJson.write(Json.MAPPER.valueToTree(context))));
      case CALLER_PROVIDED ->
          throw new IllegalArgumentException(
              "template %s has identity_strategy caller_provided and this submission has no idempotency key; allowed: one of 1 to 255 characters"
                  .formatted(template.reference()));
    };
  }

  private static String hash(String kind, TaskTemplate template, String content) {
    String text = String.join("\n", kind, template.namespace() + "/" + template.name(), content);
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
