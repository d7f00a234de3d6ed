package io.bactrian.template;

import java.util.Collection;
import java.util.List;

/** Handler names of a test: everything is there. */
public final class TestHandlers implements HandlerNames {

  @Override
  public Resolution resolve(String callable) {
    return new Found("direct:" + callable);
  }

  @Override
  public Collection<String> known() {
    return List.of();
  }

  @Override
  public Collection<String> folds() {
    return List.of("sums", "list");
  }
}
