package io.jenkins.plugins.darwin.jenkins.vote;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.darwin.jenkins.vote.Electorate.Standing;
import io.jenkins.plugins.darwin.model.Digest;
import io.jenkins.plugins.darwin.model.ReleaseException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import jenkins.model.Jenkins;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.HttpResponses;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.StaplerResponse2;

/** {@code .../api/json}: the vote as it stands, and what who asks may do. Whoever may see the job may see it. */
public final class GateApi {
    private final VoteGate gate;

    GateApi(VoteGate gate) {
        this.gate = gate;
    }

    /** Where the page's link to its API leads. */
    public HttpResponse doIndex() {
        return HttpResponses.redirectTo("json");
    }

    /** Answers 304 when nothing changed since, so that an open page asks for little. */
    public void doJson(StaplerRequest2 request, StaplerResponse2 response) throws IOException {
        ObjectNode state;
        try {
            state = GateJson.state(gate);
            GatePages.cut(state, request.getParameterMap());
        } catch (ReleaseException e) { // the security realm does not answer, for one
            GateAnswer.error(GateAnswer.UNAVAILABLE, e.getMessage()).generateResponse(request, response, this);
            return;
        }
        Standing standing = gate.electorate().standing(Jenkins.getAuthentication2());
        String voter = VoterIds.ofUser(Jenkins.getAuthentication2().getName());
        ObjectNode you = state.putObject("you")
                .put("voter", standing == Standing.NONE ? null : voter)
                .put("standing", standing.name().toLowerCase(java.util.Locale.ROOT));
        you.put("mayManage", Decisions.mayManage(gate)).put("mayOverride", Decisions.mayOverride());
        byte[] body = (state + "\n").getBytes(StandardCharsets.UTF_8);
        String tag = "\"" + Digest.sha256(body).hex().substring(0, 32) + "\"";
        response.setHeader("ETag", tag);
        response.setHeader("Cache-Control", "private, no-cache");
        response.setHeader("X-Time", gate.now().toString());
        if (tag.equals(request.getHeader("If-None-Match"))) {
            response.setStatus(304);
            return;
        }
        response.setContentType("application/json;charset=UTF-8");
        response.getOutputStream().write(body);
    }
}
