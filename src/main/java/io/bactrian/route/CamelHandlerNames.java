package io.bactrian.route;

import io.bactrian.template.HandlerNames;
import io.bactrian.template.Nearest;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.camel.AggregationStrategy;
import org.apache.camel.CamelContext;
import org.apache.camel.component.kamelet.KameletComponent;
import org.apache.camel.model.Model;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.support.PluginHelper;

/**
 * Resolves callables and folds in a Camel context: a route id, else a bean, else an endpoint URI.
 */
public final class CamelHandlerNames implements HandlerNames {
  private static final String DIRECT = "direct:";
  private static final String KAMELET = "kamelet:";

  private final CamelContext camel;

  public CamelHandlerNames(CamelContext camel) {
    this.camel = camel;
  }

  @Override
  public Resolution resolve(String callable) {
    Optional<RouteDefinition> route = route(callable);
    var kinds = new ArrayList<String>();
    route.ifPresent(r -> kinds.add("a route id"));
    if (camel.getRegistry().lookupByName(callable) != null) {
      kinds.add("a bean");
    }
    if (kinds.size() > 1) {
      return new Ambiguous(kinds);
    }
    if (route.isPresent()) {
      return fromRoute(route.get());
    }
    if (kinds.size() == 1) {
      return new Found("bean:" + callable);
    }
    return fromUri(callable);
  }

  @Override
  public Resolution resolve(String callable, String method) {
    Resolution resolution = resolve(callable);
    Object bean = camel.getRegistry().lookupByName(callable);
    if (!(resolution instanceof Found found)) {
      return resolution;
    }
    if (bean == null) {
      return new Unusable("is no bean; allowed: a method '%s' only of a bean".formatted(method));
    }
    List<String> methods =
        Arrays.stream(bean.getClass().getMethods())
            .filter(m -> m.getDeclaringClass() != Object.class)
            .map(Method::getName)
            .distinct()
            .sorted()
            .toList();
    return methods.contains(method)
        ? new Found(found.endpointUri() + "?method=" + method)
        : new Unusable(
            "has no public method '%s'%s; allowed: %s"
                .formatted(method, Nearest.hint(method, methods), String.join(", ", methods)));
  }

  private static Resolution fromRoute(RouteDefinition route) {
    String uri = route.getInput().getEndpointUri();
    if (uri == null || !uri.startsWith(DIRECT)) {
      return new Unusable("is a route from %s; allowed: a route from direct:".formatted(uri));
    }
    return new Found(uri);
  }

  private Resolution fromUri(String callable) {
    int colon = callable.indexOf(':');
    if (colon < 1 || callable.startsWith("::", colon)) {
      return new Unusable("is no route id, no bean and no endpoint URI");
    }
    String scheme = callable.substring(0, colon);
    if (camel.getComponent(scheme, true, false) == null) {
      return new Unusable(
          "is no route id and no bean, and there is no Camel component '%s'".formatted(scheme));
    }
    if (callable.startsWith(DIRECT) && routes().noneMatch(r -> startsAt(r, callable))) {
      return new Unusable("names an endpoint that no route starts from");
    }
    if (callable.startsWith(KAMELET) && !isKamelet(callable.substring(KAMELET.length()))) {
      return new Unusable("names a kamelet that is neither a route template nor a *.kamelet.yaml");
    }
    return new Found(callable);
  }

  private boolean isKamelet(String uri) {
    String name = uri.split("[/?]", 2)[0];
    if (model().getRouteTemplateDefinition(name) != null) {
      return true;
    }
    String places = camel.getComponent("kamelet", KameletComponent.class).getLocation();
    return Stream.of(places.split(",", -1))
        .map(place -> place + "/" + name + ".kamelet.yaml")
        .anyMatch(file -> PluginHelper.getResourceLoader(camel).resolveResource(file).exists());
  }

  private static boolean startsAt(RouteDefinition route, String uri) {
    return uri.equals(route.getInput().getEndpointUri());
  }

  @Override
  public Collection<String> known() {
    var names = new TreeSet<String>();
    routes().map(RouteDefinition::getRouteId).filter(id -> id != null).forEach(names::add);
    routes()
        .map(r -> r.getInput().getEndpointUri())
        .filter(uri -> uri != null && uri.startsWith(DIRECT))
        .forEach(names::add);
    return names;
  }

  @Override
  public Collection<String> folds() {
    return List.copyOf(camel.getRegistry().findByTypeWithName(AggregationStrategy.class).keySet());
  }

  private Optional<RouteDefinition> route(String id) {
    return routes().filter(r -> id.equals(r.getRouteId())).findFirst();
  }

  private Stream<RouteDefinition> routes() {
    return model().getRouteDefinitions().stream();
  }

  private Model model() {
    return camel.getCamelContextExtension().getContextPlugin(Model.class);
  }
}
