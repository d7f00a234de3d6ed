/**
 * The REST API: what comes in over HTTP, checked against the contract, and what goes out.
 *
 * <p>Entry point: {@link io.bactrian.api.HttpListener}. Reading order: {@code Contract} (the
 * operations of {@code openapi.yaml}), {@code Guard} (every request and every answer passes it),
 * the {@code *Resource} beans that {@code routes/api} name. Invariants: one listener, on the
 * address of the settings; nothing reaches a route that the guard has not let in; every error has
 * the same shape.
 */
@NullMarked
package io.bactrian.api;

import org.jspecify.annotations.NullMarked;
