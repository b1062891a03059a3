package hudson.remoting;

/** Signature only. */
public class RequestAbortedException extends RemotingSystemException {
    public RequestAbortedException(Throwable cause) {
        super(cause);
    }
}
