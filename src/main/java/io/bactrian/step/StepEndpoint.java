package io.bactrian.step;

import org.apache.camel.Category;
import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.UriEndpoint;
import org.apache.camel.spi.UriPath;
import org.apache.camel.support.DefaultEndpoint;

/**
 * Run the steps of a task: each message is a leased step, its end is the acknowledgement.
 *
 * <p>One step of one version of a task template, as an endpoint to consume from.
 */
@UriEndpoint(
    firstVersion = "0.1.0",
    scheme = "step",
    title = "Bactrian Step",
    syntax = "step:path",
    consumerOnly = true,
    category = {Category.WORKFLOW})
final class StepEndpoint extends DefaultEndpoint {
  @UriPath(description = "The step: namespace/name/version/step of a task template.")
  @Metadata(required = true)
  private String path;

  StepEndpoint(String uri, StepComponent component, String path) {
    super(uri, component);
    this.path = path;
  }

  public String getPath() {
    return path;
  }

  public void setPath(String path) {
    this.path = path;
  }

  @Override
  public Consumer createConsumer(Processor processor) throws Exception {
    var consumer =
        new StepConsumer(this, processor, path, ((StepComponent) getComponent()).runner());
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
