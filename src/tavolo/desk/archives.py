from tavolo.kernel.plugs import Goes, Travel

Travel("desk.Notification", Goes.STAYS, why="They tell what is new, and there nothing is.")
