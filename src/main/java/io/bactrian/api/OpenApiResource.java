package io.bactrian.api;

import com.fasterxml.jackson.databind.JsonNode;

/** Serves the contract. Named {@code openApi} by routes. */
public final class OpenApiResource {
  private final Contract contract;

  OpenApiResource(Contract contract) {
    this.contract = contract;
  }

  /** The contract as JSON. */
  public JsonNode json(Request request) {
    return contract.document();
  }
}
