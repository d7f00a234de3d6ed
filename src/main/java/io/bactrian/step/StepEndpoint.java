package io.bactrian.step;

import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultEndpoint;

/** One step of one version of a task template, as a Camel endpoint to consume from. */
final class StepEndpoint extends DefaultEndpoint {
  private final String path;
  private final StepRunner runner;

  StepEndpoint(String uri, StepComponent component, String path, StepRunner runner) {
    super(uri, component);
    this.path = path;
    this.runner = runner;
  }

  @Override
  public Consumer createConsumer(Processor processor) throws Exception {
    var consumer = new StepConsumer(this, processor, path, runner);
    configureConsumer(consumer);
    return consumer;
  }

  @Override
  public Producer createProducer() {
    throw new UnsupportedOperationException(
        "step:%s can only be consumed from; a task starts its steps itself".formatted(path));
  }

  @Override
  public boolean isSingleton() {
    return true;
  }
}
