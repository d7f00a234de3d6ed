package io.bactrian.route;

import io.bactrian.batch.DecisionLimits;
import io.bactrian.batch.StepExpansion;
import io.bactrian.json.Json;
import io.bactrian.step.AttemptListener;
import io.bactrian.step.DependencyResults;
import io.bactrian.step.Expansion;
import io.bactrian.step.InputSightings;
import io.bactrian.step.Leases;
import io.bactrian.step.NewWorkers;
import io.bactrian.step.Outcomes;
import io.bactrian.step.ResultBook;
import io.bactrian.step.StepComponent;
import io.bactrian.step.StepError;
import io.bactrian.step.StepLease;
import io.bactrian.step.StepRunner;
import io.bactrian.template.Catalog;
import io.bactrian.template.StepTemplate;
import io.bactrian.template.TaskTemplate;
import io.bactrian.template.TemplateLoader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spring.spi.SpringTransactionPolicy;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.util.concurrent.SynchronousExecutorService;

/** One route template under test: real route, real runner; the database is kept in lists. */
final class Harness implements AutoCloseable, Outcomes, Leases, ResultBook, InputSightings {
  final CamelContext camel = new DefaultCamelContext();
  final Catalog catalog = new Catalog();
  final List<Map<String, Object>> completed = new ArrayList<>();
  final List<Expansion> created = new ArrayList<>();
  final List<StepError> failures = new ArrayList<>();
  private final StepRunner runner =
      new StepRunner(
          new StepRunner.Books(this, this, this, this),
          catalog,
          new StepExpansion(catalog, new DecisionLimits(100, 10)),
          AttemptListener.NONE);
  private final DependencyResults results;

  /**
   * @param results what the step under test may see
   */
  Harness(DependencyResults results) {
    this.results = results;
    camel.addComponent("step", new StepComponent(runner));
    camel
        .getComponent("direct", org.apache.camel.component.direct.DirectComponent.class)
        .setBlock(false);
    camel.getRegistry().bind("json", Json.MAPPER);
    camel.getRegistry().bind("answer", new AnswerFormat());
    camel.getRegistry().bind("sameThread", new SynchronousExecutorService());
    camel.getRegistry().bind("list", new ListFold());
    camel.getRegistry().bind("sums", Folds.sums());
    var workers = new WorkerResults(catalog);
    camel.getRegistry().bind("results", workers);
    camel.getRegistry().bind("convergence", new Convergence(workers));
  }

  /** Loads shipped routes, makes the routes of a template, starts. */
  Harness start(String template, String... routes) throws Exception {
    for (String route : routes) {
      PluginHelper.getRoutesLoader(camel)
          .loadRoutes(
              PluginHelper.getResourceLoader(camel)
                  .resolveResource("file:" + Path.of("routes", route).toAbsolutePath()));
    }
    bindUnlessReplaced("maps", new BatchWorkerRoutesTest.UpperCase());
    bindUnlessReplaced(
        "checkpoint",
        new CheckpointWriter(
            (step, epoch, checkpoint) -> true, (worker, rejects) -> Optional.empty(), 1 << 20));
    bindUnlessReplaced("partial", new PartialResult());
    bindUnlessReplaced("chunks", new BatchWorkerRoutesTest.Three());
    bindUnlessReplaced(
        "PROPAGATION_REQUIRED",
        new SpringTransactionPolicy(new NotedTransactions(new ArrayList<>())));
    var names = new CamelHandlerNames(camel);
    TaskTemplate loaded = new TemplateLoader(names).load("test.yaml", template).template();
    new StepRoutes(camel, names).add(loaded);
    catalog.add(loaded);
    camel.start();
    return this;
  }

  private void bindUnlessReplaced(String name, Object bean) {
    if (camel.getRegistry().lookupByName(name) == null) {
      camel.getRegistry().bind(name, bean);
    }
  }

  /** Runs one attempt of a step. */
  void run(String step, int epoch, int expected) {
    TaskTemplate template = catalog.all().iterator().next();
    StepTemplate stepTemplate = template.step(step).orElseThrow();
    runner.run(
        new StepLease(
            UUID.nameUUIDFromBytes(step.getBytes(java.nio.charset.StandardCharsets.UTF_8)),
            UUID.randomUUID(),
            step,
            step,
            stepTemplate.type(),
            template.routeId(stepTemplate),
            epoch,
            stepTemplate.retry().maxAttempts(),
            epoch,
            false,
            stepTemplate.initialization(),
            Map.of(),
            "/",
            expected,
            Optional.empty(),
            Optional.empty()));
  }

  @Override
  public void complete(StepLease lease, Map<String, Object> result, Expansion expansion) {
    completed.add(result);
    created.add(expansion);
  }

  @Override
  public Set<UUID> completeAll(Collection<Done> done) {
    done.forEach(one -> complete(one.lease(), one.result(), NewWorkers.NONE));
    return done.stream().map(one -> one.lease().stepUuid()).collect(Collectors.toSet());
  }

  @Override
  public void retryLater(StepLease lease, StepError error, Duration delay) {
    failures.add(error);
  }

  @Override
  public void fail(StepLease lease, StepError error) {
    failures.add(error);
  }

  @Override
  public DependencyResults of(UUID task, Set<String> templateSteps) {
    return results;
  }

  @Override
  public List<StepLease> claim(Claim claim, int limit) {
    return List.of();
  }

  @Override
  public List<Renewal> renew(Collection<StepLease.Key> leases, Duration ttl) {
    return List.of();
  }

  @Override
  public void release(StepLease lease, String reason) {
    failures.add(new StepError("Released", reason, true));
  }

  @Override
  public void seen(UUID stepUuid, int epoch) {}

  @Override
  public List<String> notSeen(StepLease lease, String found, boolean changed) {
    return List.of("here: " + found);
  }

  @Override
  public int reclaimExpired() {
    return 0;
  }

  @Override
  public int reclaimFrom(Collection<UUID> deadNodes) {
    return 0;
  }

  @Override
  public void close() {
    camel.stop();
  }
}
