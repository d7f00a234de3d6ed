package io.bactrian.template;

import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * Finds at any depth of a file what YAML allows and plain data does not: keys that stand twice or
 * are no text, aliases that hold themselves, foreign tags.
 */
final class NodeCheck {
  private static final Set<Tag> TAGS =
      Set.of(Tag.STR, Tag.INT, Tag.FLOAT, Tag.BOOL, Tag.NULL, Tag.SEQ, Tag.MAP);

  private final LoadSettings settings;
  private final Problems problems;
  private final Set<Node> open = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Set<Node> done = Collections.newSetFromMap(new IdentityHashMap<>());
  private boolean endless;

  NodeCheck(LoadSettings settings, Problems problems) {
    this.settings = settings;
    this.problems = problems;
  }

  /** Looks at a node and all below it; answers whether it ends, which no alias to itself does. */
  boolean check(Node root) {
    walk(root);
    return !endless;
  }

  private void walk(Node node) {
    if (!open.add(node)) {
      endless = true;
      problems.add(node, "this holds an alias to itself; allowed: data that ends");
      return;
    }
    if (done.add(node)) {
      if (!TAGS.contains(node.getTag())) {
        problems.add(node, "tag '%s'; allowed: no tags of one's own".formatted(node.getTag()));
      } else if (node instanceof MappingNode mapping) {
        checkKeys(mapping);
        mapping.getValue().forEach(entry -> walk(entry.getValueNode()));
      } else if (node instanceof SequenceNode sequence) {
        sequence.getValue().forEach(this::walk);
      } else {
        checkScalar(node);
      }
    }
    open.remove(node);
  }

  private void checkKeys(MappingNode mapping) {
    Map<String, Node> seen = new HashMap<>();
    for (NodeTuple entry : mapping.getValue()) {
      Node key = entry.getKeyNode();
      if (!(key instanceof ScalarNode scalar)) {
        problems.add(key, "a key is %s; allowed: text".formatted(Section.kind(key)));
        continue;
      }
      Node earlier = seen.putIfAbsent(scalar.getValue(), key);
      if (earlier != null) {
        problems.add(
            key,
            "key '%s' stands twice, first in line %d"
                .formatted(scalar.getValue(), Problems.line(earlier)));
      }
    }
  }

  private void checkScalar(Node node) {
    try {
      Plain.value(node, settings);
    } catch (YamlEngineException | NumberFormatException e) {
      problems.add(node, "%s does not fit its tag %s".formatted(Section.kind(node), node.getTag()));
    }
  }
}
