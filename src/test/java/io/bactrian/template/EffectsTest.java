package io.bactrian.template;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each template key and each setting has a test that proves its effect: {@code effects.properties}.
 */
final class EffectsTest {
  private static final Properties EFFECTS = read("/effects.properties");

  @Test
  void everyTemplateKeyAndEverySettingIsListedAndNothingElse() throws Exception {
    Set<String> all = new TreeSet<>();
    for (var mapping : TemplateSchemaTest.mappings().toList()) {
      String section = mapping.getName().toLowerCase(Locale.ROOT);
      ((Keys) mapping.get(null)).allowed().forEach(key -> all.add(section + "." + key));
    }
    read("/bactrian.properties").stringPropertyNames().forEach(key -> all.add("setting." + key));

    assertThat(EFFECTS.stringPropertyNames())
        .as("effects.properties: give a new key or setting the test that proves its effect")
        .containsExactlyInAnyOrderElementsOf(all);
  }

  static Stream<String> proofs() {
    return EFFECTS.values().stream().map(String::valueOf).distinct().sorted();
  }

  @ParameterizedTest
  @MethodSource("proofs")
  void theTestThatIsNamedExists(String proof) throws ClassNotFoundException {
    assertThat(proof).as("a test as class#method").contains("#");
    String[] parts = proof.split("#", 2);
    Class<?> test = Class.forName(parts[0]);

    assertThat(
            Arrays.stream(test.getDeclaredMethods())
                .filter(method -> method.getName().equals(parts[1]))
                .filter(
                    method ->
                        method.isAnnotationPresent(Test.class)
                            || method.isAnnotationPresent(ParameterizedTest.class)))
        .as(proof)
        .isNotEmpty();
  }

  private static Properties read(String name) {
    try (InputStream file = EffectsTest.class.getResourceAsStream(name)) {
      var properties = new Properties();
      properties.load(file);
      return properties;
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
