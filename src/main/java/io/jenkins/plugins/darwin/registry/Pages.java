package io.jenkins.plugins.darwin.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.darwin.model.Descriptor;
import io.jenkins.plugins.darwin.model.ReleaseException;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A list that a server gives in pages, each naming the next in a Link header (RFC 8288). */
final class Pages {
    private static final Pattern NEXT = Pattern.compile("<([^>]*)>\\s*;[^,]*\\brel=\"?next\"?");
    private static final int LIMIT = 4 * 1024 * 1024;

    private final Transport transport;
    private final Transport.Call first;

    Pages(Transport transport, Transport.Call first) {
        this.transport = transport;
        this.first = first;
    }

    /** The texts under one key of all pages; empty when the server does not know the repository. */
    List<String> strings(String key) {
        List<String> all = new ArrayList<>();
        each(page -> page.path(key).forEach(text -> all.add(text.asText())));
        return all;
    }

    /** The descriptors of all pages of an index; empty when the server has no such list. */
    Optional<List<Descriptor>> referrers() {
        List<Descriptor> all = new ArrayList<>();
        boolean known = each(page -> {
            if (!page.path("manifests").isArray()) {
                throw ReleaseException.failed("the answer is not an index");
            }
            all.addAll(Json.descriptors(page.path("manifests")));
        });
        return known ? Optional.of(all) : Optional.empty();
    }

    private boolean each(Consumer<ObjectNode> reader) {
        Set<URI> seen = new HashSet<>();
        Optional<URI> next = Optional.of(first.uri());
        while (next.isPresent()) {
            if (!seen.add(next.get()) || !transport.server().covers(next.get())) {
                throw Reasons.failure(
                        first.action(), "the registry's pages go round in a circle or to another host", null);
            }
            Transport.Fetched page = transport.fetch(
                    new Transport.Call(
                            first.action(),
                            first.method(),
                            next.get(),
                            first.headers(),
                            first.body(),
                            first.scopes(),
                            first.accepted()),
                    LIMIT);
            if (page.status() != 200) {
                return false;
            }
            try {
                JsonNode json = Json.object(page.bytes(), "the answer");
                reader.accept((ObjectNode) json);
                next = next(page.head());
            } catch (ReleaseException e) {
                throw Reasons.failure(first.action(), e.getMessage(), e);
            }
        }
        return true;
    }

    private Optional<URI> next(Answer page) {
        Matcher link = NEXT.matcher(String.join(", ", page.headers().allValues("Link")));
        return link.find() ? Optional.of(transport.resolve(page.uri(), link.group(1))) : Optional.empty();
    }
}
