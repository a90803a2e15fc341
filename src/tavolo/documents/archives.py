"""Documents go with their network: every version, and the content of those that still have it."""

from tavolo.kernel.plugs import Goes, Travel

Travel("documents.Document", Goes.WITH_NETWORK, path="network")
Travel("documents.Version", Goes.WITH_NETWORK, path="document__network")
Travel("documents.KeptLonger", Goes.WITH_NETWORK, path="document__network")
