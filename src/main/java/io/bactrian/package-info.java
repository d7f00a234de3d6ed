/**
 * The program: {@link io.bactrian.Bactrian} is its entry point, {@code Wiring} puts its parts
 * together.
 *
 * <p>Reading order of the packages, in the order a task travels: template, task, step, batch, csv,
 * checkpoint, route, store, node, cli; inventory is the shipped example.
 */
@NullMarked
package io.bactrian;

import org.jspecify.annotations.NullMarked;
