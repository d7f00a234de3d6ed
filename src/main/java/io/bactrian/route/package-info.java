/** The Camel beans that routes name, each called after its EIP role. */
@NullMarked
package io.bactrian.route;

import org.jspecify.annotations.NullMarked;
