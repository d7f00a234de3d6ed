package io.bactrian.template;

/** A template file has another content than the same version had before. */
public final class TemplateChanged extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public TemplateChanged(String reference) {
    super(
        "template %s has another content than the version that is known; allowed: a new version, or setting bactrian.mode=development, which replaces it"
            .formatted(reference));
  }
}
