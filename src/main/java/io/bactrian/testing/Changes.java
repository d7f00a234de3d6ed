package io.bactrian.testing;

import io.bactrian.NodeSetup;
import io.bactrian.store.CommitHook;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.camel.CamelContext;
import org.apache.camel.Processor;
import org.apache.camel.RuntimeCamelException;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.RouteDefinition;

/** What a test adds to its nodes and replaces in them; every node gets the same. */
final class Changes {
  private final List<Consumer<CamelContext>> beforeRoutes = new ArrayList<>();
  private final List<Consumer<CamelContext>> afterRoutes = new ArrayList<>();

  void bind(String name, Object bean) {
    beforeRoutes.add(
        camel -> {
          // A registry keeps one bean for each type under a name.
          camel.getRegistry().unbind(name);
          camel.getRegistry().bind(name, bean);
        });
  }

  void replaceRoute(String id, Processor processor) {
    afterRoutes.add(camel -> replace((ModelCamelContext) camel, id, processor));
  }

  void afterRoutes(Consumer<CamelContext> change) {
    afterRoutes.add(change);
  }

  NodeSetup with(CommitHook hook) {
    return new NodeSetup() {
      @Override
      public CommitHook hook() {
        return hook;
      }

      @Override
      public void beforeRoutes(CamelContext camel) {
        beforeRoutes.forEach(change -> change.accept(camel));
      }

      @Override
      public void afterRoutes(CamelContext camel) {
        afterRoutes.forEach(change -> change.accept(camel));
      }
    };
  }

  private static void replace(ModelCamelContext camel, String id, Processor processor) {
    RouteDefinition old = camel.getRouteDefinition(id);
    if (old == null) {
      throw new IllegalArgumentException(
          "there is no route %s to replace; there are: %s"
              .formatted(
                  id,
                  camel.getRouteDefinitions().stream().map(RouteDefinition::getRouteId).toList()));
    }
    String from = old.getInput().getEndpointUri();
    try {
      camel.removeRouteDefinition(old);
      camel.addRoutes(
          new RouteBuilder() {
            @Override
            public void configure() {
              from(from).routeId(id).process(processor);
            }
          });
    } catch (Exception e) {
      throw RuntimeCamelException.wrapRuntimeCamelException(e);
    }
  }
}
