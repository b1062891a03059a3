package io.jenkins.plugins.darwin.registry;

import io.jenkins.plugins.darwin.model.Next;
import io.jenkins.plugins.darwin.model.ReleaseException;
import java.util.List;
import java.util.Set;

/**
 * Why a server did not do what it was asked.
 *
 * @param text for people, to follow "because: "
 * @param codes that its answer names (OCI distribution 1.1, "Error Codes"); empty when it names none
 * @param next what people do about it
 */
record Reason(String text, Set<String> codes, List<Next> next) {
    /** @param marker tells those who come later what sort of failure it is; may be null */
    ReleaseException failure(Throwable marker) {
        return ReleaseException.failed(text, marker).withNext(next.toArray(Next[]::new));
    }
}
