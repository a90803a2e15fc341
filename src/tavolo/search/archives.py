from tavolo.kernel.plugs import Goes, Travel

Travel("search.SearchChange", Goes.STAYS, why="The index is built from what arrived.")
